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
import io.qilin.core.adjust.RawPriceCheck;
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
 * <p>An order without a limit of its own is sent with one a little worse than the last close ({@link
 * Builder#reach}), within the session's price limits and, in continuous trading, the price cage.
 * Each order is judged by the rules of the gate after those before it, sales first. A sale that can be
 * sent counts as sold at its limit price: its money may buy in the same session.
 *
 * <p>An ex-date that lies in the session is not known here; see {@link
 * io.qilin.core.risk.RiskRules}. Immutable; as safe to share as strategy and gate.
 */
public final class NextOrders {
  private final Strategy strategy;
  private final RiskGate gate;
  private final Map<Symbol, SecurityTimeline> securities;
  private final double reach;

  private NextOrders(Builder builder) {
    this.strategy = builder.strategy;
    this.gate = builder.gate;
    this.securities = builder.securities;
    this.reach = builder.reach;
  }

  /**
   * Starts the settings.
   *
   * @param strategy what decides
   * @param gate the rules that judge each order
   */
  public static Builder builder(Strategy strategy, RiskGate gate) {
    return new Builder(strategy, gate);
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private static final double MOST_REACH = 0.5;

    private final Strategy strategy;
    private final RiskGate gate;
    private Map<Symbol, SecurityTimeline> securities = Map.of();
    private double reach = 0.02;

    private Builder(Strategy strategy, RiskGate gate) {
      this.strategy = Objects.requireNonNull(strategy, "strategy");
      this.gate = Objects.requireNonNull(gate, "gate");
    }

    /** Dated status of the shares; none known unless set. */
    public Builder securities(Map<Symbol, SecurityTimeline> known) {
      securities = Map.copyOf(known);
      return this;
    }

    /**
     * How much worse than the last close an order without a limit may be filled, a fraction; 0.02
     * unless set.
     *
     * @throws QilinException INVALID_ARGUMENT unless from 0 to 0.5
     */
    public Builder reach(double fraction) {
      if (!(fraction >= 0 && fraction <= MOST_REACH)) {
        throw QilinException.invalid("reach is a fraction from 0 to 0.5, was " + fraction);
      }
      reach = fraction;
      return this;
    }

    /** The lists of the strategy. */
    public NextOrders build() {
      return new NextOrders(this);
    }
  }

  /**
   * The list for a session.
   *
   * @param history daily bars up to the last day before the session; adjusted ones are taken back to
   *     raw with their {@code $factor}
   * @param portfolio what is owned at the close of that day
   * @param session the next trading day
   * @throws QilinException INVALID_ARGUMENT if the history does not end before the session;
   *     DATA_QUALITY for bars that are said to be raw and cannot be; what the strategy throws
   */
  public List<NextOrder> list(Panel history, Portfolio portfolio, LocalDate session) {
    Panel raw = history.withAdjustment(Adjustment.RAW);
    RawPriceCheck.require(raw);
    RiskSession account = RiskSession.of(new RiskContext(session, raw, securities, portfolio));
    List<PlannedOrder> wanted = Decision.of(strategy, raw, portfolio);
    wanted.sort(Comparator.comparing(order -> order.side() == Side.SELL ? 0 : 1));
    List<NextOrder> out = new ArrayList<>();
    for (PlannedOrder planned : wanted) {
      out.add(next(planned, account));
    }
    return List.copyOf(out);
  }

  private NextOrder next(PlannedOrder planned, RiskSession account) {
    Optional<PriceLimits> limits = Optional.empty();
    Order order;
    try {
      SessionShare share = account.share(planned.symbol());
      limits = limits(share);
      order = planned.order(price(planned, share));
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
        if (order.side() == Side.SELL) {
          account.sold(order);
        }
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

  /** The worst price to accept: the reach, but within limits and cage. */
  private BigDecimal price(PlannedOrder planned, SessionShare share) {
    if (planned.limit().isPresent()) {
      return planned.limit().get();
    }
    boolean buy = planned.side() == Side.BUY;
    long tick = share.rule().tickMills();
    double moved = share.closeMills() * (buy ? 1 + reach : 1 - reach) / tick;
    long mills =
        Math.max(1, (long) (buy ? Math.floor(moved + 1e-9) : Math.ceil(moved - 1e-9))) * tick;
    Optional<PriceCage> cage =
        planned.phase() == ExecutionPhase.CONTINUOUS ? share.rule().cage() : Optional.empty();
    if (cage.isPresent()) {
      mills = buy
          ? Math.min(mills, cage.get().highestBuyMills(share.closeMills()))
          : Math.max(mills, cage.get().lowestSellMills(share.closeMills()));
    }
    return new BigDecimal(
        OrderRules.yuan(Math.max(share.downMills(), Math.min(share.upMills(), mills))));
  }
}
