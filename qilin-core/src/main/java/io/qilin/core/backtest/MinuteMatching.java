package io.qilin.core.backtest;

import io.qilin.api.market.MinuteDay;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.RejectReason;
import io.qilin.core.backtest.Execution.Part;
import io.qilin.core.backtest.Execution.Refusal;
import io.qilin.core.rules.LotRule;
import io.qilin.core.rules.PriceLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * Fills an order from minute bars: in the opening auction at its price, then, as in continuous
 * trading, a part of each bar's volume at the bar's average price until the order is filled or
 * trading ends at 14:57; an order for the closing auction at the close. While every trade is at
 * limit-up a purchase waits in the queue, see {@link FillMode}; once a later bar trades below, it is
 * filled at limit-up. Bars that cannot be, or leave the range of the daily bar, are passed over.
 */
final class MinuteMatching {
  private static final double HALF_MILL = 0.0005;
  /** An average further outside the bar than this is in another unit, and not known. */
  private static final double TICK_YUAN = 0.01;

  private static final int OPENING_MATCH = 565;
  private static final int LAST_MORNING_MINUTE = 690;
  private static final int LUNCH_END = 780;
  private static final int CLOSE = 900;
  private static final int LAST_OPENING_MINUTE = 570;
  private static final int LAST_CONTINUOUS_MINUTE = 897;

  private final ExchangeSettings settings;

  MinuteMatching(ExchangeSettings settings) {
    this.settings = settings;
  }

  /**
   * Fills an order that the rules accept.
   *
   * @param room most shares that may still be filled of the day's volume
   * @param taken shares of each minute that other orders of the account took
   */
  Execution match(
      PlannedOrder order, DayBar bar, MinuteDay minutes, long room, IntToLongFunction taken) {
    return new Run(order, bar, minutes, room, taken).result();
  }

  /** One order on its way through one day. */
  private final class Run {
    private final PlannedOrder order;
    private final DayBar bar;
    private final MinuteDay minutes;
    private final IntToLongFunction taken;
    private final OrderPrice price;
    private final LotRule lots;
    private final boolean buy;
    /** Limit-up for a purchase, limit-down for a sale; 0 on a day without. */
    private final long limit;

    /** The range of the day in yuan. */
    private final double lowest;

    private final double highest;
    private final List<Part> fills = new ArrayList<>();
    private long left;
    private long room;
    private boolean queued;
    private boolean begun;
    private boolean volumeShort;
    private double atLimitAfter;
    private double seal = Double.NaN;

    Run(PlannedOrder order, DayBar bar, MinuteDay minutes, long room, IntToLongFunction taken) {
      this.taken = taken;
      this.order = order;
      this.bar = bar;
      this.minutes = minutes;
      this.price =
          new OrderPrice(order, bar.rules().tickMills(), bar.limits(), settings.slippageBps());
      this.lots = bar.rules().lots();
      this.buy = price.buy();
      this.limit =
          bar.limits().map(found -> buy ? found.upMills() : found.downMills()).orElse(0L);
      this.lowest = bar.low() / 1000.0 - HALF_MILL;
      this.highest = bar.high() / 1000.0 + HALF_MILL;
      this.left = order.shares();
      this.room = room;
    }

    Execution result() {
      for (int k = 0; k < minutes.size() && left > 0; k++) {
        if (takesPart(k) && isUsable(k)) {
          step(k);
        }
      }
      if (left > 0 && queued) {
        fillQueue();
      }
      return left == 0
          ? new Execution(order, fills, Optional.empty())
          : new Execution(order, fills, Optional.of(refusal()));
    }

    private boolean takesPart(int k) {
      int minute = minutes.minute(k);
      boolean lunch = minute > LAST_MORNING_MINUTE && minute <= LUNCH_END;
      return !lunch
          && switch (order.phase()) {
            case OPENING_AUCTION -> minute >= OPENING_MATCH && minute <= LAST_CONTINUOUS_MINUTE;
            case CONTINUOUS -> minute > LAST_OPENING_MINUTE && minute <= LAST_CONTINUOUS_MINUTE;
            case CLOSING_AUCTION -> minute > LAST_CONTINUOUS_MINUTE && minute <= CLOSE;
          };
    }

    /** Whether a bar traded and can be: low ≤ open, close ≤ high, within the day's range. */
    private boolean isUsable(int k) {
      double low = minutes.low(k);
      double high = minutes.high(k);
      return minutes.volume(k) > 0
          && low >= lowest
          && high <= highest
          && low <= minutes.open(k)
          && low <= minutes.close(k)
          && minutes.open(k) <= high
          && minutes.close(k) <= high;
    }

    private void step(int k) {
      long edge = PriceLimits.mills(buy ? minutes.low(k) : minutes.high(k));
      if (edge == limit) {
        wait(k, edge);
        return;
      }
      if (queued) {
        take(k, limit);
        return;
      }
      long seen = seen(k);
      if (price.accepts(seen)) {
        take(k, seen == limit ? seen : price.slipped(seen));
      } else if (passes(edge)) {
        take(k, price.worst());
      }
    }

    /** Every price of the bar was the limit: the order waits, if it accepts that price. */
    private void wait(int k, long edge) {
      if (!price.accepts(edge)) {
        return;
      }
      if (queued) {
        atLimitAfter += minutes.volume(k);
      } else {
        queued = true;
        seal = bar.sealVolume() >= 0 ? bar.sealVolume() : minutes.volume(k);
      }
    }

    private boolean passes(long edge) {
      boolean strict = settings.fillMode() == FillMode.PESSIMISTIC;
      long worst = price.worst();
      return buy
          ? edge < worst || (!strict && edge == worst)
          : edge > worst || (!strict && edge == worst);
    }

    private long seen(int k) {
      boolean auction = minutes.minute(k) <= LAST_OPENING_MINUTE
          || (order.phase() == ExecutionPhase.OPENING_AUCTION && !begun);
      begun = true;
      if (auction) {
        return PriceLimits.mills(minutes.open(k));
      }
      if (order.phase() == ExecutionPhase.CLOSING_AUCTION) {
        return PriceLimits.mills(minutes.close(k));
      }
      double average = minutes.amount(k) / minutes.volume(k);
      long low = PriceLimits.mills(minutes.low(k));
      long high = PriceLimits.mills(minutes.high(k));
      boolean inRange =
          average >= minutes.low(k) - TICK_YUAN && average <= minutes.high(k) + TICK_YUAN;
      long mills = inRange ? price.onTick(average) : PriceLimits.mills(minutes.close(k));
      return Math.max(low, Math.min(high, mills));
    }

    private void take(int k, long mills) {
      long most = (long) (minutes.volume(k) * settings.participation())
          - taken.applyAsLong(minutes.minute(k));
      long shares =
          DailyMatching.lots(order, lots, Math.max(0, Math.min(left, Math.min(most, room))));
      shares = Math.min(shares, left);
      if (shares <= 0) {
        volumeShort = true;
        return;
      }
      fills.add(new Part(minutes.minute(k), shares, mills));
      left -= shares;
      room -= shares;
    }

    private void fillQueue() {
      boolean oneWord = !bar.leftLimit(buy);
      double filled = switch (settings.fillMode()) {
        case PESSIMISTIC -> 0;
        case NEUTRAL -> oneWord ? 0 : Math.min((double) left, Math.max(0, atLimitAfter - seal));
        case OPTIMISTIC -> atLimitAfter >= left ? left : 0;
      };
      long shares =
          Math.min(left, DailyMatching.lots(order, lots, (long) Math.min(filled, (double) room)));
      if (shares > 0) {
        fills.add(new Part(minutes.minute(minutes.size() - 1), shares, limit));
        left -= shares;
      }
    }

    private Refusal refusal() {
      if (queued) {
        return new Refusal(
            buy ? RejectReason.LIMIT_UP : RejectReason.LIMIT_DOWN,
            order.symbol() + " stayed sealed at its " + (buy ? "limit-up " : "limit-down ")
                + OrderRules.yuan(limit));
      }
      return volumeShort || !fills.isEmpty()
          ? new Refusal(
              RejectReason.VOLUME,
              "at most " + settings.participation()
                  + " of each minute's volume may be filled; that was not enough")
          : new Refusal(
              RejectReason.NOT_REACHED,
              "the limit price was not reached, or nothing traded in the " + order.phase());
    }
  }
}
