package io.qilin.core.trading;

import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Order;
import java.time.Instant;
import java.util.Objects;

/**
 * One step of the way of an order to the broker.
 *
 * @param at when it ended
 * @param id the order's id
 * @param order the order
 * @param step what was tried
 * @param number how often this step was tried for this order, this time included, from 1
 * @param result what came of it, one line
 */
public record OrderAttempt(
    Instant at, ClientOrderId id, Order order, Step step, int number, String result) {
  /** What was tried. */
  public enum Step {
    /** The kill switch and the risk rules were asked. */
    CHECK,
    /** The order was sent. */
    SUBMIT,
    /** The broker was asked what it knows of the order. */
    QUERY,
    /** The connection was opened again. */
    RECONNECT,
    /** A person was told. */
    ALERT
  }

  /** Checks that every part is there. */
  public OrderAttempt {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(result, "result");
  }
}
