package io.qilin.agents.analyst;

import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.LimitStatus;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import java.util.Arrays;
import java.util.Map;

/**
 * How the market treats limit-ups (情绪), from daily bars: the mean of the percentiles, among the last 250 days, of breadth
 * = (sealed − sealed at limit-down) / traded and of survival = 1 − broken / (sealed + broken). Shares under risk warning
 * and without limit do not count.
 */
final class MarketMood {
  static final int WINDOW = 250;
  /** The fewest days with a value and the fewest shares a day: with less the mood is not known. */
  static final int MIN_DAYS = 60;

  static final int MIN_SHARES = 30;

  private MarketMood() {}

  /** The mood of the last day on [0, 1]; {@code NaN} if not known. */
  static double on(LimitUpFacts facts, Map<Symbol, SecurityTimeline> securities) {
    int end = facts.panel().days().size();
    int from = Math.max(0, end - WINDOW);
    double[] breadth = new double[end - from];
    double[] survival = new double[end - from];
    for (int d = from; d < end; d++) {
      count(facts, securities, d, d - from, breadth, survival);
    }
    return (last(breadth) + last(survival)) / 2;
  }

  private static void count(
      LimitUpFacts facts,
      Map<Symbol, SecurityTimeline> securities,
      int day,
      int at,
      double[] breadth,
      double[] survival) {
    Panel panel = facts.panel();
    int traded = 0;
    int sealed = 0;
    int broken = 0;
    int down = 0;
    for (int i = 0; i < panel.symbols().size(); i++) {
      LimitUpFact fact = facts.at(i, day);
      if (fact.status() == LimitStatus.LIMITED && !warned(securities, panel, i, day)) {
        traded++;
        sealed += fact.sealed() ? 1 : 0;
        broken += fact.broken() ? 1 : 0;
        down += fact.limitDownSealed() ? 1 : 0;
      }
    }
    breadth[at] = traded < MIN_SHARES ? Double.NaN : (sealed - down) / (double) traded;
    boolean none = traded < MIN_SHARES || sealed + broken == 0;
    survival[at] = none ? Double.NaN : 1 - broken / (double) (sealed + broken);
  }

  private static boolean warned(
      Map<Symbol, SecurityTimeline> securities, Panel panel, int instrument, int day) {
    SecurityTimeline timeline = securities.get(panel.symbols().get(instrument));
    return timeline != null
        && timeline
            .on(panel.days().get(day))
            .filter(status -> status.riskWarning() != RiskWarning.NONE)
            .isPresent();
  }

  /** The percentile of the last value among all known ones. */
  private static double last(double[] values) {
    double value = values[values.length - 1];
    if (Double.isNaN(value)) {
      return Double.NaN;
    }
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return CrossSection.percentile(sorted, value, MIN_DAYS);
  }
}
