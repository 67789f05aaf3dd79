package io.qilin.core.risk;

import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import io.qilin.core.rules.LotRule;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What the exchange itself would refuse. Each method returns the objection, empty if there is none.
 */
final class ExchangeRules {
  private final RiskSettings settings;

  ExchangeRules(RiskSettings settings) {
    this.settings = settings;
  }

  Optional<String> board(Order order, RiskSession session) {
    SessionShare share = session.share(order.symbol());
    if (settings.boards().contains(share.board()) || order.side() == Side.SELL) {
      return Optional.empty();
    }
    return Optional.of(order.symbol() + " is on " + share.board() + "; this account may buy on "
        + settings.boards());
  }

  Optional<String> warning(Order order, RiskSession session) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    SessionShare share = session.share(order.symbol());
    if (!share.statusKnown() && settings.requireStatus()) {
      return Optional.of("whether " + order.symbol()
          + " carries a risk warning is not known; supply its status, or do not require it");
    }
    if (!settings.warnings().contains(share.warning())) {
      return Optional.of(order.symbol() + " carries the warning " + share.warning()
          + "; allowed are " + settings.warnings());
    }
    long cap = share.dailyBuyCap();
    long bought = share.boughtToday();
    return order.shares() > cap - bought
        ? Optional.of("of a share under warning at most " + cap
            + " may be bought a day, not " + order.shares()
            + (bought == 0 ? "" : " beside the " + bought + " bought already"))
        : Optional.empty();
  }

  Optional<String> suspended(Order order, RiskSession session) {
    return session.share(order.symbol()).tradedLastDay()
        ? Optional.empty()
        : Optional.of(
            order.symbol() + " did not trade on " + session.context().history().lastDay()
                + "; whether it trades in the session is not known, so nothing is allowed");
  }

  Optional<String> lot(Order order, RiskSession session) {
    SessionShare share = session.share(order.symbol());
    LotRule lots = share.lotRule();
    if (order.side() == Side.BUY) {
      return lots.allowsBuy(order.shares())
          ? Optional.empty()
          : Optional.of(order.shares() + " shares cannot be bought; allowed are " + lots.minBuy()
              + " to " + lots.maxLimitOrder() + " in steps of " + lots.step());
    }
    return lots.allowsSell(order.shares(), share.held())
        ? Optional.empty()
        : Optional.of(order.shares() + " of " + share.held()
            + " shares cannot be sold; allowed are multiples of " + lots.step()
            + " from " + lots.minBuy() + " to " + lots.maxLimitOrder()
            + " that leave no new odd lot, or an odd lot below " + lots.oddBelow() + " as a whole");
  }

  Optional<String> tick(Order order, RiskSession session) {
    long tick = session.share(order.symbol()).rule().tickMills();
    long mills = Mills.floor(order.price());
    return mills == Mills.ceiling(order.price()) && mills % tick == 0
        ? Optional.empty()
        : Optional.of("the price " + order.price().toPlainString() + " is no multiple of the tick "
            + BigDecimal.valueOf(tick, 3).stripTrailingZeros().toPlainString());
  }

  Optional<String> priceLimit(Order order, RiskSession session) {
    SessionShare share = session.share(order.symbol());
    return Mills.ceiling(order.price()) > share.upMills()
            || Mills.floor(order.price()) < share.downMills()
        ? Optional.of(
            "the price " + order.price().toPlainString() + " is outside the session's limits "
                + Mills.price(share.downMills()) + " to " + Mills.price(share.upMills()))
        : Optional.empty();
  }

  Optional<String> priceCage(Order order, RiskSession session) {
    if (!settings.continuous()) {
      return Optional.empty();
    }
    SessionShare share = session.share(order.symbol());
    if (order.side() == Side.BUY) {
      long highest = share.cageHighMills();
      return Mills.ceiling(order.price()) > highest
          ? cage(order, "most", highest)
          : Optional.empty();
    }
    long lowest = share.cageLowMills();
    return Mills.floor(order.price()) < lowest ? cage(order, "least", lowest) : Optional.empty();
  }

  private static Optional<String> cage(Order order, String word, long edge) {
    return Optional.of("the price " + order.price().toPlainString()
        + " is outside the price cage around the last close; at " + word + " " + Mills.price(edge)
        + " is allowed");
  }

  Optional<String> sellable(Order order, RiskSession session) {
    if (order.side() == Side.BUY) {
      return Optional.empty();
    }
    SessionShare share = session.share(order.symbol());
    return order.shares() <= share.sellable()
        ? Optional.empty()
        : Optional.of(
            order.shares() + " shares cannot be sold on " + session.context().session() + "; of "
                + share.held() + " held, " + share.sellable() + " are sellable (T+1)");
  }
}
