package io.qilin.core.backtest;

import io.qilin.api.trading.PlannedOrder;
import java.util.List;

/**
 * The orders of a strategy with what it found odd on the way.
 *
 * @param orders for the next session, sales first
 * @param findings what was left out and why
 */
public record StrategyPlan(List<PlannedOrder> orders, List<BacktestFinding> findings) {
  /** Copies the lists. */
  public StrategyPlan {
    orders = List.copyOf(orders);
    findings = List.copyOf(findings);
  }
}
