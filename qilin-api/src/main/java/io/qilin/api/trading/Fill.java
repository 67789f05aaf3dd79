package io.qilin.api.trading;

import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/**
 * A part of an order that was traded at one price.
 *
 * @param at when
 * @param price yuan per share, raw, positive
 * @param shares how many, positive
 * @param fees commission, taxes and exchange fees of this part, not negative
 */
public record Fill(Instant at, BigDecimal price, long shares, Money fees) {
  /**
   * Checks the signs.
   *
   * @throws QilinException INVALID_ARGUMENT unless price and shares are positive and fees are not
   *     negative
   */
  public Fill {
    Objects.requireNonNull(at, "at");
    if (price.signum() <= 0 || shares <= 0 || fees.isNegative()) {
      throw QilinException.invalid(
          "a fill has a positive price and number of shares, and fees that are not negative; was "
              + shares + " @ " + QilinException.quote(price.toString()) + ", fees " + fees);
    }
  }

  /**
   * Price times shares, rounded half up to the fen, without fees.
   *
   * @throws QilinException LIMIT_EXCEEDED if it does not fit
   */
  public Money amount() {
    return Money.ofYuan(price.multiply(BigDecimal.valueOf(shares)));
  }
}
