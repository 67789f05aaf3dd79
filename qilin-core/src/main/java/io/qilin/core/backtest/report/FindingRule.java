package io.qilin.core.backtest.report;

import io.qilin.core.backtest.BacktestFinding;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often one kind of finding was made.
 *
 * @param rule the kind
 * @param count how often
 * @param first the first day
 * @param last the last day
 */
record FindingRule(String rule, int count, LocalDate first, LocalDate last) {
  /** By the name of the rule. */
  static List<FindingRule> of(List<BacktestFinding> findings) {
    SortedMap<String, FindingRule> rules = new TreeMap<>();
    for (BacktestFinding found : findings) {
      rules.merge(
          found.rule(),
          new FindingRule(found.rule(), 1, found.day(), found.day()),
          FindingRule::plus);
    }
    return List.copyOf(rules.values());
  }

  private FindingRule plus(FindingRule other) {
    return new FindingRule(
        rule,
        count + other.count,
        first.isAfter(other.first) ? other.first : first,
        last.isBefore(other.last) ? other.last : last);
  }
}
