package io.qilin.core.backtest;

import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.core.rules.PriceLimits;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One order of a list for the next session.
 *
 * @param planned what the strategy wants and why
 * @param order the limit order to send; empty if no order can be made of it, {@code blocks} says why
 * @param limits the session's price limits around the last close; empty if there are none or they are
 *     not known
 * @param blocks what stands against it now, each with its rule; empty if nothing does
 */
public record NextOrder(
    PlannedOrder planned,
    Optional<Order> order,
    Optional<PriceLimits> limits,
    List<RiskVerdict.Reject> blocks) {
  /** Copies the list. */
  public NextOrder {
    Objects.requireNonNull(planned, "planned");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(limits, "limits");
    blocks = List.copyOf(blocks);
  }

  /** Whether it can be sent as it is. */
  public boolean sendable() {
    return order.isPresent() && blocks.isEmpty();
  }
}
