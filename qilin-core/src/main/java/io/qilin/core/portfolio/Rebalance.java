package io.qilin.core.portfolio;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.money.Money;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.rules.Commission;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The step from target weights to orders for the next session, in sizes that the exchange takes:
 * whole lots by board, odd lots sold whole, at least 200 shares on STAR, large orders split.
 *
 * <p>A share is valued at its last raw close. A target is rounded down to whole steps. Sales come
 * first; their proceeds, with the cash and less the fees, pay for the purchases, the largest target
 * first, each cut to what is left. A share that did not trade on the last day is not ordered, as it
 * is likely suspended. Whether an order is filled the exchange decides; what is left undone is done
 * on the next call. The lots and fees are those in force on the last day of the history.
 *
 * <p>The plan depends on the inputs alone. Immutable and safe to share.
 */
public final class Rebalance {
  /** No cash buffer, no band, no minimum, at the closing auction. */
  public static final Rebalance DEFAULT = builder().build();

  final double cashBuffer;
  final double band;
  final Money minimumTrade;
  final ExecutionPhase phase;
  final Commission commission;
  final Optional<TradingCalendar> calendar;

  private Rebalance(Builder builder) {
    cashBuffer = builder.cashBuffer;
    band = builder.band;
    minimumTrade = builder.minimumTrade;
    phase = builder.phase;
    commission = builder.commission;
    calendar = builder.calendar;
  }

  /** Starts from {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The orders.
   *
   * @param history raw prices up to the day of the decision
   * @param portfolio what is owned
   * @param target what is to be owned; a share that is held and not named is sold
   * @throws QilinException INVALID_ARGUMENT for adjusted prices; DATE_OUT_OF_RANGE where the rule
   *     book or the calendar does not reach
   */
  public RebalancePlan plan(Panel history, Portfolio portfolio, TargetWeights target) {
    return plan(history, portfolio, target, Map.of());
  }

  /**
   * The orders, with the reasons of the targets.
   *
   * @param reasons why a share has its target, one line; written into the orders
   * @throws QilinException as the other one
   */
  public RebalancePlan plan(
      Panel history, Portfolio portfolio, TargetWeights target, Map<Symbol, String> reasons) {
    LastPrice.requireRaw(history);
    return new RebalanceRun(this, history, portfolio, target, reasons).plan();
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private double cashBuffer;
    private double band;
    private Money minimumTrade = Money.ZERO;
    private ExecutionPhase phase = ExecutionPhase.CLOSING_AUCTION;
    private Commission commission = Commission.DEFAULT;
    private Optional<TradingCalendar> calendar = Optional.empty();

    private Builder() {}

    /**
     * The part of the account that stays in cash whatever the weights, so that a higher price in the
     * next session can be paid; in [0, 1), 0 unless set. The targets are taken of the rest.
     */
    public Builder cashBuffer(double fraction) {
      if (!(fraction >= 0 && fraction < 1)) {
        throw QilinException.invalid("cashBuffer is a fraction in [0, 1), was " + fraction);
      }
      cashBuffer = fraction;
      return this;
    }

    /**
     * How far a weight may be from its target without a trade, as a fraction of the account; in [0,
     * 1), 0 unless set. A share that is to be sold out is sold whatever the band.
     */
    public Builder band(double fraction) {
      if (!(fraction >= 0 && fraction < 1)) {
        throw QilinException.invalid("band is a fraction in [0, 1), was " + fraction);
      }
      band = fraction;
      return this;
    }

    /** The smallest value of a trade, 0 unless set; a share that is to be sold out is sold anyway. */
    public Builder minimumTrade(Money value) {
      if (value.isNegative()) {
        throw QilinException.invalid("minimumTrade is not negative, was " + value);
      }
      minimumTrade = value;
      return this;
    }

    /** When the orders are to be filled; the closing auction unless set. */
    public Builder phase(ExecutionPhase wanted) {
      phase = Objects.requireNonNull(wanted, "phase");
      return this;
    }

    /** What the broker takes; {@link Commission#DEFAULT} unless set. */
    public Builder commission(Commission taken) {
      commission = Objects.requireNonNull(taken, "commission");
      return this;
    }

    /**
     * The calendar that tells the next session, for lots that may not be sold in it. Without one
     * every lot counts as sellable: what was bought up to the day of the decision can be sold in the
     * next session (T+1).
     */
    public Builder calendar(TradingCalendar days) {
      calendar = Optional.of(days);
      return this;
    }

    /** The settings. */
    public Rebalance build() {
      return new Rebalance(this);
    }
  }

  /** For example {@code buffer 0.01, band 0.002, at least 5000.00 yuan, CLOSING_AUCTION}. */
  @Override
  public String toString() {
    return "buffer " + cashBuffer + ", band " + band + ", at least " + minimumTrade + " yuan, "
        + phase;
  }
}
