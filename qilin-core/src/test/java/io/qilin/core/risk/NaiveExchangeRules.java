package io.qilin.core.risk;

import io.qilin.api.market.Board;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LotRule;
import io.qilin.core.rules.PriceCage;
import io.qilin.core.rules.PriceLimits;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the exchange itself would refuse, computed anew for every order in exact decimals. Each method returns the objection, empty if there is none.
 */
final class NaiveExchangeRules {
  private final RiskSettings settings;

  NaiveExchangeRules(RiskSettings settings) {
    this.settings = settings;
  }

  Optional<String> board(Order order, RiskContext context) {
    Board board = new ShareFacts(order.symbol(), context).board();
    if (order.side() == Side.SELL || settings.boards().contains(board)) {
      return Optional.empty();
    }
    return Optional.of(
        order.symbol() + " is on " + board + "; this account may buy on " + settings.boards());
  }

  Optional<String> warning(Order order, RiskContext context) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    ShareFacts share = new ShareFacts(order.symbol(), context);
    if (share.status().isEmpty() && settings.requireStatus()) {
      return Optional.of("whether " + order.symbol()
          + " carries a risk warning is not known; supply its status, or do not require it");
    }
    if (!settings.warnings().contains(share.warning())) {
      return Optional.of(order.symbol() + " carries the warning " + share.warning()
          + "; allowed are " + settings.warnings());
    }
    OptionalLong cap = share.rule().dailyBuyCap();
    long bought = context.portfolio().shares(order.symbol())
        - context.portfolio().sellable(order.symbol(), context.session());
    return cap.isPresent() && order.shares() > cap.getAsLong() - bought
        ? Optional.of("of a share under warning at most " + cap.getAsLong()
            + " may be bought a day, not " + order.shares()
            + (bought == 0 ? "" : " beside the " + bought + " bought already"))
        : Optional.empty();
  }

  Optional<String> suspended(Order order, RiskContext context) {
    return new ShareFacts(order.symbol(), context).tradedLastDay()
        ? Optional.empty()
        : Optional.of(order.symbol() + " did not trade on " + context.history().lastDay()
            + "; whether it trades in the session is not known, so nothing is allowed");
  }

  Optional<String> lot(Order order, RiskContext context) {
    LotRule lots = new ShareFacts(order.symbol(), context).rule().lots();
    if (order.side() == Side.BUY) {
      return lots.allowsBuy(order.shares())
          ? Optional.empty()
          : Optional.of(order.shares() + " shares cannot be bought; allowed are " + lots.minBuy()
              + " to " + lots.maxLimitOrder() + " in steps of " + lots.step());
    }
    long held = context.portfolio().shares(order.symbol());
    return lots.allowsSell(order.shares(), held)
        ? Optional.empty()
        : Optional.of(order.shares() + " of " + held
            + " shares cannot be sold; allowed are multiples of " + lots.step()
            + " from " + lots.minBuy() + " to " + lots.maxLimitOrder()
            + " that leave no new odd lot, or an odd lot below " + lots.oddBelow() + " as a whole");
  }

  Optional<String> tick(Order order, RiskContext context) {
    BigDecimal tick = BigDecimal.valueOf(
            new ShareFacts(order.symbol(), context).rule().tickMills(), 3)
        .stripTrailingZeros();
    return order.price().remainder(tick).signum() == 0
        ? Optional.empty()
        : Optional.of("the price " + order.price().toPlainString() + " is no multiple of the tick "
            + tick.toPlainString());
  }

  Optional<String> priceLimit(Order order, RiskContext context) {
    ShareFacts share = new ShareFacts(order.symbol(), context);
    Optional<PriceLimits> limits =
        share.rule().limits(share.closeMills() / 1000.0, share.listingDay());
    BigDecimal mills = order.price().movePointRight(3);
    boolean outside = limits.isPresent()
        && (mills.compareTo(BigDecimal.valueOf(limits.get().upMills())) > 0
            || mills.compareTo(BigDecimal.valueOf(limits.get().downMills())) < 0);
    return outside
        ? Optional.of(
            "the price " + order.price().toPlainString() + " is outside the session's limits "
                + yuan(limits.get().downMills()) + " to " + yuan(limits.get().upMills()))
        : Optional.empty();
  }

  Optional<String> priceCage(Order order, RiskContext context) {
    ShareFacts share = new ShareFacts(order.symbol(), context);
    BoardRules rule = share.rule();
    Optional<PriceCage> cage = rule.cage();
    if (!settings.continuous() || cage.isEmpty()) {
      return Optional.empty();
    }
    boolean buy = order.side() == Side.BUY;
    long edge = buy
        ? cage.get().highestBuyMills(share.closeMills())
        : cage.get().lowestSellMills(share.closeMills());
    int off = order.price().movePointRight(3).compareTo(BigDecimal.valueOf(edge));
    return buy
        ? off > 0 ? cage(order, "most", edge) : Optional.empty()
        : off < 0 ? cage(order, "least", edge) : Optional.empty();
  }

  private static Optional<String> cage(Order order, String word, long edge) {
    return Optional.of("the price " + order.price().toPlainString()
        + " is outside the price cage around the last close; at " + word + " " + yuan(edge)
        + " is allowed");
  }

  Optional<String> sellable(Order order, RiskContext context) {
    if (order.side() == Side.BUY) {
      return Optional.empty();
    }
    long sellable = context.portfolio().sellable(order.symbol(), context.session());
    return order.shares() <= sellable
        ? Optional.empty()
        : Optional.of(order.shares() + " shares cannot be sold on " + context.session() + "; of "
            + context.portfolio().shares(order.symbol()) + " held, " + sellable
            + " are sellable (T+1)");
  }

  private static String yuan(long mills) {
    BigDecimal yuan = BigDecimal.valueOf(mills, 3);
    return (mills % 10 == 0 ? yuan.setScale(2) : yuan).toPlainString();
  }
}
