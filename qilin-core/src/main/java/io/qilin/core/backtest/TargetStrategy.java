package io.qilin.core.backtest;

import io.qilin.api.market.Panel;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.portfolio.RebalancePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A strategy that says what it wants to own; the orders follow from that. It decides on the days of
 * its settings, and whenever nothing is held.
 */
public interface TargetStrategy extends Strategy {
  /**
   * What to own after the next session.
   *
   * @param history raw prices up to the day of the decision
   * @param portfolio what is owned at the close of that day
   */
  Target target(Panel history, Portfolio portfolio);

  /** When it decides, and how orders are made. */
  TargetSettings settings();

  /** The orders with what was odd; {@link #orders} gives the orders of this. */
  default StrategyPlan plan(Panel history, Portfolio portfolio) {
    boolean due = portfolio.holdings().isEmpty() || settings().days().due(history.days());
    if (!due) {
      return new StrategyPlan(List.of(), List.of());
    }
    Target target = target(history, portfolio);
    if (target.weights().isEmpty()) {
      return new StrategyPlan(List.of(), target.findings());
    }
    RebalancePlan plan =
        settings().rebalance().plan(history, portfolio, target.weights().get(), target.reasons());
    List<BacktestFinding> findings = new ArrayList<>(target.findings());
    plan.leftOut()
        .forEach(out -> findings.add(new BacktestFinding(
            history.lastDay(),
            Optional.of(out.symbol()),
            out.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            out.message())));
    return new StrategyPlan(plan.orders(), findings);
  }

  @Override
  default List<PlannedOrder> orders(Panel history, Portfolio portfolio) {
    return plan(history, portfolio).orders();
  }
}
