package io.qilin.agents.analyst;

import java.util.Arrays;

/**
 * How the market treats limit-ups (情绪), from daily bars: the mean of the percentiles, among the
 * last 250 days, of breadth = (sealed − sealed at limit-down) / traded and of survival = 1 − broken
 * / (sealed + broken). Shares under risk warning and without limit do not count.
 */
final class MarketMood {
  static final int WINDOW = MarketDays.WINDOW;
  /** The fewest days with a value and the fewest shares a day: with less the mood is not known. */
  static final int MIN_DAYS = 60;

  static final int MIN_SHARES = 30;

  private MarketMood() {}

  /** The mood of the last day on [0, 1]; {@code NaN} if not known. */
  static double on(MarketDays days) {
    double[] breadth = days.values(MIN_SHARES, MarketDay::breadth);
    double[] survival = days.values(MIN_SHARES, MarketDay::survival);
    int last = days.size() - 1;
    return (rank(breadth, last) + rank(survival, last)) / 2;
  }

  /**
   * The percentile of a day's value among the known ones of the {@value #WINDOW} days up to it.
   *
   * @return {@code NaN} if it, or fewer than {@value #MIN_DAYS} of them, are known
   */
  static double rank(double[] values, int day) {
    double value = values[day];
    if (Double.isNaN(value)) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOfRange(values, Math.max(0, day + 1 - WINDOW), day + 1);
    Arrays.sort(sorted);
    int known = sorted.length;
    while (known > 0 && Double.isNaN(sorted[known - 1])) {
      known--;
    }
    return CrossSection.percentile(Arrays.copyOf(sorted, known), value, MIN_DAYS);
  }
}
