package io.qilin.core.rules;

import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import java.math.BigDecimal;

/**
 * What a broker charges for an order (佣金): a share of the amount, but at least a minimum.
 *
 * @param rate fraction of the amount, 0 to 0.003, the legal cap
 * @param minimum least commission of an order
 * @param includesExchangeFees whether handling and regulatory fee are inside it, as usual, or come
 *     on top
 */
public record Commission(BigDecimal rate, Money minimum, boolean includesExchangeFees) {
  private static final BigDecimal CAP = new BigDecimal("0.003");

  /** 0.025 % of the amount, at least 5 yuan, exchange fees inside. */
  public static final Commission DEFAULT =
      new Commission(new BigDecimal("0.00025"), Money.ofFen(500), true);

  /**
   * Checks the rate.
   *
   * @throws QilinException INVALID_ARGUMENT if the rate is negative or above 0.3 %, or the minimum
   *     negative
   */
  public Commission {
    if (rate.signum() < 0 || rate.compareTo(CAP) > 0) {
      throw QilinException.invalid(
          "a commission rate is a fraction from 0 to 0.003, was " + rate.toPlainString());
    }
    if (minimum.isNegative()) {
      throw QilinException.invalid("a minimum commission is not negative, was " + minimum);
    }
  }

  /**
   * The commission of an order, rounded half up to the fen before the minimum is applied.
   *
   * @param amount amount of the order, not negative
   */
  public Money of(Money amount) {
    return Money.ofYuan(amount.yuan().multiply(rate)).max(minimum);
  }
}
