package io.qilin.core.portfolio;

import io.qilin.api.money.Money;
import io.qilin.api.trading.PlannedOrder;
import java.util.List;
import java.util.Objects;

/**
 * The orders that bring a portfolio to its target weights.
 *
 * @param orders sales by symbol, then purchases, the largest target first
 * @param leftOut what could not be done in full, sales first
 * @param equity what the portfolio is worth at the last closes, cash included
 */
public record RebalancePlan(List<PlannedOrder> orders, List<LeftOut> leftOut, Money equity) {
  /** Copies the lists. */
  public RebalancePlan {
    orders = List.copyOf(orders);
    leftOut = List.copyOf(leftOut);
    Objects.requireNonNull(equity, "equity");
  }
}
