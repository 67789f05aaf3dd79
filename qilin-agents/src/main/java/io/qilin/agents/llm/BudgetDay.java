package io.qilin.agents.llm;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was used and reserved on one day, in all and by strategy. Immutable. */
record BudgetDay(LocalDate day, BudgetAmount total, SortedMap<String, BudgetAmount> strategies) {
  BudgetDay {
    strategies = Collections.unmodifiableSortedMap(new TreeMap<>(strategies));
  }

  static BudgetDay empty(LocalDate day) {
    return new BudgetDay(day, BudgetAmount.NONE, new TreeMap<>());
  }

  BudgetAmount of(String strategy) {
    return strategies.getOrDefault(strategy, BudgetAmount.NONE);
  }

  /** The same day with a strategy's amount, and the total moved by as much. */
  BudgetDay with(String strategy, BudgetAmount amount) {
    Map<String, BudgetAmount> changed = new TreeMap<>(strategies);
    changed.put(strategy, amount);
    return new BudgetDay(day, total.minus(of(strategy)).plus(amount), new TreeMap<>(changed));
  }
}
