package io.qilin.agents.analyst;

import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.LimitStatus;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * How the market treats limit-ups (情绪), from daily bars: the mean of the percentiles, among the
 * last 250 days, of breadth = (sealed − sealed at limit-down) / traded and of survival = 1 − broken
 * / (sealed + broken). Shares under risk warning and without limit do not count.
 */
final class MarketMood {
  static final int WINDOW = 250;
  /** The fewest days with a value and the fewest shares a day: with less the mood is not known. */
  static final int MIN_DAYS = 60;

  static final int MIN_SHARES = 30;

  private MarketMood() {}

  /** The mood of the last day on [0, 1]; {@code NaN} if not known. */
  static double on(LimitUpFacts facts, Map<Symbol, SecurityTimeline> securities) {
    if (facts.panel().symbols().size() < MIN_SHARES) {
      return Double.NaN;
    }
    int end = facts.panel().days().size();
    int from = Math.max(0, end - WINDOW);
    Day[] days = new Day[end - from];
    Arrays.setAll(days, d -> new Day());
    for (int i = 0; i < facts.panel().symbols().size(); i++) {
      count(
          facts,
          Optional.ofNullable(securities.get(facts.panel().symbols().get(i))),
          i,
          from,
          days);
    }
    double[] breadth = Arrays.stream(days).mapToDouble(Day::breadth).toArray();
    double[] survival = Arrays.stream(days).mapToDouble(Day::survival).toArray();
    return (last(breadth) + last(survival)) / 2;
  }

  /** Counts of one day over the shares that are limited and not under risk warning. */
  private static final class Day {
    private int traded;
    private int sealed;
    private int broken;
    private int down;

    private void add(LimitUpFact fact) {
      traded++;
      sealed += fact.sealed() ? 1 : 0;
      broken += fact.broken() ? 1 : 0;
      down += fact.limitDownSealed() ? 1 : 0;
    }

    private double breadth() {
      return traded < MIN_SHARES ? Double.NaN : (sealed - down) / (double) traded;
    }

    private double survival() {
      boolean none = traded < MIN_SHARES || sealed + broken == 0;
      return none ? Double.NaN : 1 - broken / (double) (sealed + broken);
    }
  }

  private static void count(
      LimitUpFacts facts,
      Optional<SecurityTimeline> timeline,
      int instrument,
      int from,
      Day[] days) {
    Optional<SecurityTimeline> everWarned =
        timeline.filter(known -> known.statuses().stream().anyMatch(MarketMood::warned));
    for (int d = 0; d < days.length; d++) {
      LocalDate day = facts.panel().days().get(from + d);
      LimitUpFact fact = facts.at(instrument, from + d);
      if (fact.status() == LimitStatus.LIMITED
          && (everWarned.isEmpty()
              || everWarned.get().on(day).filter(MarketMood::warned).isEmpty())) {
        days[d].add(fact);
      }
    }
  }

  private static boolean warned(SecurityStatus status) {
    return status.riskWarning() != RiskWarning.NONE;
  }

  /** The percentile of the last value among all known ones. */
  private static double last(double[] values) {
    double value = values[values.length - 1];
    if (Double.isNaN(value)) {
      return Double.NaN;
    }
    double[] sorted =
        Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return CrossSection.percentile(sorted, value, MIN_DAYS);
  }
}
