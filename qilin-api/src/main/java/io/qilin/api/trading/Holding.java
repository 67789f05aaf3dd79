package io.qilin.api.trading;

import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import java.time.LocalDate;
import java.util.Objects;

/**
 * Shares bought together (one tax lot).
 *
 * @param shares how many, positive
 * @param cost what they cost in all, with fees
 * @param sellableFrom first trading day on which they may be sold: the one after the purchase (T+1)
 */
public record Holding(long shares, Money cost, LocalDate sellableFrom) {
  /**
   * Checks the count.
   *
   * @throws QilinException INVALID_ARGUMENT unless shares is positive
   */
  public Holding {
    Objects.requireNonNull(cost, "cost");
    Objects.requireNonNull(sellableFrom, "sellableFrom");
    if (shares <= 0) {
      throw QilinException.invalid("a holding's shares must be positive, was " + shares);
    }
  }
}
