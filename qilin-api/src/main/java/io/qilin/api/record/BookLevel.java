package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One price of an order book (盘口档位).
 *
 * @param price yuan per share, positive
 * @param volume shares that wait there, not negative
 * @param orders how many orders they are, if known
 */
public record BookLevel(double price, double volume, OptionalLong orders) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a price that is not positive or a negative volume or count
   */
  public BookLevel {
    Objects.requireNonNull(orders, "orders");
    RecordChecks checks = RecordChecks.of("a level of an order book");
    checks.price("price", price, false);
    checks.shares("volume", volume);
    checks.count("orders", orders.orElse(0));
  }
}
