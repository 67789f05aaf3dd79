package io.qilin.core.backtest;

import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.PriceLimits;
import java.util.Optional;

/**
 * What one share did in one session, as the exchange sees it. Prices in thousandths of a yuan.
 *
 * @param rules the rules of the share on the day
 * @param limits the day's price limits; empty on a day without
 * @param referenceMills the price from which the limits start; 0 if not known
 * @param open first price
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param average average price in yuan, {@code NaN} if not known
 * @param volume shares traded; {@code NaN} if not known
 * @param sealVolume shares waiting at the limit at the close; {@code NaN} if not known
 */
record DayBar(
    BoardRules rules,
    Optional<PriceLimits> limits,
    long referenceMills,
    long open,
    long high,
    long low,
    long close,
    double average,
    double volume,
    double sealVolume) {
  /** Whether a price is limit-up for a buy, or limit-down for a sale: where nobody stands opposite. */
  boolean atLimit(boolean buy, long mills) {
    return limits.isPresent()
        && mills == (buy ? limits.get().upMills() : limits.get().downMills());
  }

  /** Whether some price of the day was better for the side than the limit. */
  boolean leftLimit(boolean buy) {
    return buy ? !atLimit(true, low) : !atLimit(false, high);
  }

  /**
   * How much traded at the limit at most: the share q of the volume for which the average price is
   * q × limit + (1 − q) × the price furthest from it.
   */
  double mostAtLimit(boolean buy) {
    double limit = buy ? high : low;
    double far = buy ? low : high;
    return atLimitShare(limit, far);
  }

  /** The same if what did not trade at the limit traded half way. */
  double likelyAtLimit(boolean buy) {
    double limit = buy ? high : low;
    double far = buy ? low : high;
    return atLimitShare(limit, (limit + far) / 2);
  }

  private double atLimitShare(double limit, double elsewhere) {
    if (!(volume > 0)) {
      return 0;
    }
    if (limit == elsewhere) {
      return volume;
    }
    double share = (average * 1000 - elsewhere) / (limit - elsewhere);
    return share > 0 ? Math.min(1, share) * volume : 0;
  }
}
