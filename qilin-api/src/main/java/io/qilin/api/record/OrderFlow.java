package io.qilin.api.record;

import io.qilin.api.error.QilinException;

/**
 * What orders of one size bought and sold on one day.
 *
 * @param buy yuan, not negative; {@code NaN} if not known
 * @param sell yuan, not negative; {@code NaN} if not known
 */
public record OrderFlow(double buy, double sell) {
  /** Nothing is known. */
  public static final OrderFlow UNKNOWN = new OrderFlow(Double.NaN, Double.NaN);

  /**
   * Checks the amounts.
   *
   * @throws QilinException INVALID_ARGUMENT if one is negative or infinite
   */
  public OrderFlow {
    RecordChecks checks = RecordChecks.of("an order flow");
    checks.amount("buy", buy);
    checks.amount("sell", sell);
  }

  /** Bought less sold in yuan; {@code NaN} if one of them is not known. */
  public double net() {
    return buy - sell;
  }
}
