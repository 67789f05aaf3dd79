package io.qilin.agents.analyst;

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
   * The percentile of a day's value among the known ones of the {@value #WINDOW} days up to it, by
   * counting, as {@link CrossSection#percentile} gives it.
   *
   * @return {@code NaN} if it, or fewer than {@value #MIN_DAYS} of them, are known
   */
  static double rank(double[] values, int day) {
    double value = values[day];
    int below = 0;
    int equal = 0;
    int known = 0;
    for (int d = Math.max(0, day + 1 - WINDOW); d <= day; d++) {
      below += values[d] < value ? 1 : 0;
      equal += values[d] == value ? 1 : 0;
      known += Double.isNaN(values[d]) ? 0 : 1;
    }
    return Double.isNaN(value) || known < MIN_DAYS ? Double.NaN : (below + 0.5 * equal) / known;
  }
}
