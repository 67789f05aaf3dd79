package io.qilin.core.risk;

import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.PlannedOrder;
import java.util.Objects;

/**
 * What the gate says to one planned order.
 *
 * @param order the order
 * @param verdict a pass, or the first objection
 */
public record RiskReview(PlannedOrder order, RiskVerdict verdict) {
  /** Checks the parts. */
  public RiskReview {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(verdict, "verdict");
  }
}
