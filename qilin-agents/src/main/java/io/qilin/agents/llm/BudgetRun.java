package io.qilin.agents.llm;

/** What one run of a strategy has used; made by {@link LlmBudget#run}. Thread-safe: guarded by the budget's lock. */
public final class BudgetRun {
  private final LlmBudget budget;
  private final String strategy;
  private BudgetAmount held = BudgetAmount.NONE;

  BudgetRun(LlmBudget budget, String strategy) {
    this.budget = budget;
    this.strategy = strategy;
  }

  /** The strategy that runs. */
  public String strategy() {
    return strategy;
  }

  /** What it has used, and what is reserved for calls that are not back. */
  public BudgetAmount used() {
    return budget.held(this);
  }

  LlmBudget budget() {
    return budget;
  }

  BudgetAmount held() {
    return held;
  }

  void hold(BudgetAmount amount) {
    held = amount;
  }
}
