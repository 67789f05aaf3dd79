package io.qilin.core.backtest;

import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.Execution.Part;
import io.qilin.core.backtest.Execution.Refusal;
import io.qilin.core.rules.LotRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fills an order from a daily bar. The opening auction trades at the open, continuous trading at the
 * average price, the closing auction at the close. An order whose limit is not met there is filled
 * at its limit if the day went beyond it; one for the closing auction is not. Prices between ticks
 * are rounded against the order.
 */
final class DailyMatching {
  private static final int OPENING_MINUTE = 570;
  private static final int CLOSING_MINUTE = 900;

  private final ExchangeSettings settings;

  DailyMatching(ExchangeSettings settings) {
    this.settings = settings;
  }

  /**
   * Fills an order that the rules accept.
   *
   * @param room most shares that may still be filled of the day's volume
   */
  Execution match(PlannedOrder order, DayBar bar, long room) {
    OrderPrice price =
        new OrderPrice(order, bar.rules().tickMills(), bar.limits(), settings.slippageBps());
    long seen = seen(order, bar, price);
    if (seen == 0) {
      return Execution.refused(
          order, new Refusal(RejectReason.NO_PRICE, order.symbol() + " has no average price"));
    }
    if (!price.accepts(seen)) {
      return beyond(order, bar, price, room);
    }
    return bar.atLimit(price.buy(), seen)
        ? queue(order, bar, price.buy(), seen, room)
        : fill(order, bar, price.slipped(seen), order.shares(), room);
  }

  /** The price of the phase, 0 if it is not known. */
  private static long seen(PlannedOrder order, DayBar bar, OrderPrice price) {
    return switch (order.phase()) {
      case OPENING_AUCTION -> bar.open();
      case CLOSING_AUCTION -> bar.close();
      case CONTINUOUS -> {
        double average = bar.average();
        yield average > 0 ? Math.max(bar.low(), Math.min(bar.high(), price.onTick(average))) : 0;
      }
    };
  }

  /** The phase's price is worse than the order's limit: it waits at its limit. */
  private Execution beyond(PlannedOrder order, DayBar bar, OrderPrice price, long room) {
    long limit = price.worst();
    boolean strict = settings.fillMode() == FillMode.PESSIMISTIC;
    boolean passed = price.buy()
        ? bar.low() < limit || (!strict && bar.low() == limit)
        : bar.high() > limit || (!strict && bar.high() == limit);
    if (!passed || order.phase() == ExecutionPhase.CLOSING_AUCTION) {
      long best = order.phase() == ExecutionPhase.CLOSING_AUCTION
          ? bar.close()
          : price.buy() ? bar.low() : bar.high();
      return Execution.refused(
          order,
          new Refusal(
              RejectReason.NOT_REACHED,
              "the limit price " + OrderRules.yuan(limit) + " was not "
                  + (best == limit ? "passed" : "reached") + ", the "
                  + (price.buy() ? "lowest" : "highest") + " price was " + OrderRules.yuan(best)));
    }
    return fill(order, bar, limit, order.shares(), room);
  }

  /** The order stands at a limit where nobody is opposite. */
  private Execution queue(PlannedOrder order, DayBar bar, boolean buy, long limit, long room) {
    boolean later = order.phase() != ExecutionPhase.CLOSING_AUCTION;
    if (later && bar.leftLimit(buy)) {
      return fill(order, bar, limit, order.shares(), room);
    }
    double traded = 0;
    if (settings.fillMode() == FillMode.OPTIMISTIC) {
      double atLimit = bar.mostAtLimit(buy);
      traded = atLimit >= order.shares() ? order.shares() : 0;
    } else if (settings.fillMode() == FillMode.NEUTRAL && bar.leftLimit(buy)) {
      double atLimit = bar.likelyAtLimit(buy);
      traded = bar.sealVolume() >= 0 ? Math.max(0, atLimit - bar.sealVolume()) : 0;
    }
    long filled = lots(order, bar, (long) Math.min(traded, (double) order.shares()));
    if (filled == 0) {
      return Execution.refused(order, sealed(order, bar, buy, limit));
    }
    Execution most = fill(order, bar, limit, filled, room);
    return most.filled() == order.shares() || most.refusal().isEmpty() || most.filled() < filled
        ? most
        : new Execution(order, most.fills(), Optional.of(sealed(order, bar, buy, limit)));
  }

  private Refusal sealed(PlannedOrder order, DayBar bar, boolean buy, long limit) {
    boolean oneWord = !bar.leftLimit(buy);
    return new Refusal(
        buy ? RejectReason.LIMIT_UP : RejectReason.LIMIT_DOWN,
        order.symbol() + (oneWord ? " traded only" : " was sealed") + " at its "
            + (buy ? "limit-up " : "limit-down ") + OrderRules.yuan(limit) + "; fills there are "
            + settings.fillMode().name().toLowerCase(Locale.ROOT));
  }

  private Execution fill(PlannedOrder order, DayBar bar, long mills, long shares, long room) {
    long filled = shares <= room ? shares : lots(order, bar, room);
    if (filled == order.shares()) {
      return new Execution(
          order, List.of(new Part(minute(order), filled, mills)), Optional.empty());
    }
    Refusal refusal = new Refusal(
        RejectReason.VOLUME,
        "of the day's volume of " + (long) bar.volume() + " shares at most "
            + settings.participation() + " may be filled, " + room + " are left");
    return filled == 0
        ? Execution.refused(order, refusal)
        : new Execution(
            order, List.of(new Part(minute(order), filled, mills)), Optional.of(refusal));
  }

  private static int minute(PlannedOrder order) {
    return order.phase() == ExecutionPhase.OPENING_AUCTION ? OPENING_MINUTE : CLOSING_MINUTE;
  }

  /** The part of an order that fits, in lots. */
  private static long lots(PlannedOrder order, DayBar bar, long most) {
    return lots(order, bar.rules().lots(), most);
  }

  /** The part of an order that fits, in lots. */
  static long lots(PlannedOrder order, LotRule lots, long most) {
    if (most >= order.shares()) {
      return order.shares();
    }
    long step = lots.step();
    long least = order.side() == Side.BUY || step == 1 ? lots.minBuy() : step;
    long whole = most - Math.floorMod(most, step);
    return whole < least ? 0 : whole;
  }
}
