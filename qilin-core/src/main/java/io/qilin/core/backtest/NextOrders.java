package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Side;
import io.qilin.core.risk.RiskGate;
import io.qilin.core.risk.RiskSession;
import io.qilin.core.risk.SessionShare;
import io.qilin.core.rules.PriceCage;
import io.qilin.core.rules.PriceLimits;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tomorrow's order list, from the same {@link Strategy} that was backtested: what it wants in the
 * next session, the limit price to send it with, and what would block it.
 *
 * <p>An order without a limit of its own is sent with the worst price that the exchange surely
 * takes: for a purchase limit-up, in continuous trading the price cage around the last close if that
 * is lower; for a sale accordingly. Each order is judged by the rules of the gate after those before
 * it, sales first; what a sale will bring counts only once it is sold, so that a purchase that needs
 * that money is shown as blocked by {@code cash}.
 *
 * <p>An ex-date that lies in the session is not known here; see {@link
 * io.qilin.core.risk.RiskRules}. Stateless.
 */
public final class NextOrders {
  private NextOrders() {}

  /**
   * The list for a session.
   *
   * @param history daily bars up to the last day before the session; adjusted ones are taken back to
   *     raw with their {@code $factor}
   * @param portfolio what is owned at the close of that day
   * @param session the next trading day
   * @param securities dated status of the shares, as far as known
   * @param gate the rules that judge each order
   * @throws QilinException INVALID_ARGUMENT if the history does not end before the session; what the
   *     strategy throws
   */
  public static List<NextOrder> of(
      Strategy strategy,
      Panel history,
      Portfolio portfolio,
      LocalDate session,
      Map<Symbol, SecurityTimeline> securities,
      RiskGate gate) {
    Objects.requireNonNull(gate, "gate");
    Panel raw = history.withAdjustment(Adjustment.RAW);
    RiskSession account = RiskSession.of(new RiskContext(session, raw, securities, portfolio));
    List<PlannedOrder> wanted = new ArrayList<>(strategy.orders(raw, portfolio));
    wanted.sort(Comparator.comparing(order -> order.side() == Side.SELL ? 0 : 1));
    List<NextOrder> out = new ArrayList<>();
    for (PlannedOrder planned : wanted) {
      out.add(next(planned, account, gate));
    }
    return List.copyOf(out);
  }

  private static NextOrder next(PlannedOrder planned, RiskSession account, RiskGate gate) {
    Optional<PriceLimits> limits = Optional.empty();
    Order order;
    try {
      limits = limits(account.share(planned.symbol()));
      order = planned.order(price(planned, account));
    } catch (QilinException e) {
      return new NextOrder(
          planned,
          Optional.empty(),
          limits,
          List.of(new RiskVerdict.Reject("order", String.valueOf(e.getMessage()))));
    }
    List<RiskVerdict.Reject> blocks = new ArrayList<>(gate.objections(order, account));
    if (blocks.isEmpty()) {
      try {
        account.accept(order);
      } catch (QilinException e) {
        blocks.add(new RiskVerdict.Reject("account", String.valueOf(e.getMessage())));
      }
    }
    return new NextOrder(planned, Optional.of(order), limits, blocks);
  }

  private static Optional<PriceLimits> limits(SessionShare share) {
    return share.upMills() == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new PriceLimits(share.upMills(), share.downMills()));
  }

  private static BigDecimal price(PlannedOrder planned, RiskSession account) {
    SessionShare share = account.share(planned.symbol());
    Optional<PriceCage> cage =
        planned.phase() == ExecutionPhase.CONTINUOUS ? share.rule().cage() : Optional.empty();
    if (planned.limit().isPresent() || cage.isEmpty()) {
      return account.worstPrice(planned);
    }
    long edge = planned.side() == Side.BUY
        ? Math.min(share.upMills(), cage.get().highestBuyMills(share.closeMills()))
        : Math.max(share.downMills(), cage.get().lowestSellMills(share.closeMills()));
    return new BigDecimal(OrderRules.yuan(edge));
  }
}
