package io.qilin.core.rules;

import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What is paid out on an ex-date, per share held, and the reference price (除权除息参考价) that follows:
 * (previous close − cash + rights price × rights ratio) / (1 + bonus ratio + rights ratio), rounded
 * half up to the tick. The day's price limits start from it.
 *
 * @param cashPerShare dividend in yuan per share, before tax, not negative
 * @param bonusRatio new shares for nothing per share held (送股, 转增): 0.3 for "10 送 3"; not negative
 * @param rightsRatio shares offered per share held (配股), not negative
 * @param rightsPrice price of a share offered in yuan, not negative
 */
public record ReferencePrice(
    BigDecimal cashPerShare,
    BigDecimal bonusRatio,
    BigDecimal rightsRatio,
    BigDecimal rightsPrice) {
  /**
   * Checks the signs.
   *
   * @throws QilinException INVALID_ARGUMENT if any is negative
   */
  public ReferencePrice {
    for (BigDecimal part : new BigDecimal[] {cashPerShare, bonusRatio, rightsRatio, rightsPrice}) {
      if (part.signum() < 0) {
        throw QilinException.invalid(
            "no part of a corporate action is negative, was " + part.toPlainString());
      }
    }
  }

  /** A cash dividend and bonus shares, without rights. */
  public static ReferencePrice of(BigDecimal cashPerShare, BigDecimal bonusRatio) {
    return new ReferencePrice(cashPerShare, bonusRatio, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /**
   * The reference price of the ex-date.
   *
   * @param previousClose raw close of the day before in yuan, positive
   * @param tickMills the tick in thousandths of a yuan: 10 for shares, 1 for funds
   * @return yuan per share on the tick
   * @throws QilinException INVALID_ARGUMENT if the tick or the result is not positive
   */
  public BigDecimal after(BigDecimal previousClose, long tickMills) {
    if (tickMills <= 0) {
      throw QilinException.invalid(
          "a tick is a positive number of thousandths of a yuan, was " + tickMills);
    }
    BigDecimal value = previousClose.subtract(cashPerShare).add(rightsPrice.multiply(rightsRatio));
    BigDecimal shares = BigDecimal.ONE.add(bonusRatio).add(rightsRatio);
    BigDecimal tick = BigDecimal.valueOf(tickMills, 3);
    BigDecimal ticks = value.divide(shares.multiply(tick), 0, RoundingMode.HALF_UP);
    if (ticks.signum() <= 0) {
      throw QilinException.invalid("after a payout of " + cashPerShare.toPlainString()
          + " yuan nothing is left of a close of " + previousClose.toPlainString());
    }
    return ticks.multiply(tick).setScale(tickMills % 10 == 0 ? 2 : 3, RoundingMode.UNNECESSARY);
  }
}
