package io.qilin.core.adjust;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a fall of the reference price most likely stands for: bonus shares in tenths of a share, as
 * companies give them (10 送 3), and the rest in cash. The value is the same however it is split.
 *
 * @param bonus new shares per share, a multiple of 0.1
 * @param cash yuan per share, not negative
 */
public record Payout(BigDecimal bonus, BigDecimal cash) {
  /**
   * The payout between a close and the next reference price.
   *
   * @param closeMills the close in thousandths of a yuan
   * @param referenceMills the reference price, positive and below the close, rounded half up to the
   *     tick
   * @param tickMills the tick in thousandths of a yuan: 10 for shares, 1 for funds
   */
  public static Payout of(long closeMills, long referenceMills, long tickMills) {
    BigDecimal close = BigDecimal.valueOf(closeMills, 3);
    BigDecimal reference = BigDecimal.valueOf(referenceMills, 3);
    // The true reference may lie half a tick lower, so that the shares may be worth as much more.
    BigDecimal lowest =
        reference.subtract(BigDecimal.valueOf(tickMills, 3).divide(BigDecimal.valueOf(2)));
    BigDecimal tenths = lowest.signum() <= 0
        ? BigDecimal.ZERO
        : close.subtract(lowest).divide(lowest.movePointLeft(1), 0, RoundingMode.DOWN);
    BigDecimal bonus = tenths.movePointLeft(1);
    BigDecimal cash = close.subtract(reference.multiply(BigDecimal.ONE.add(bonus)));
    return new Payout(bonus, cash.max(BigDecimal.ZERO));
  }

  @Override
  public String toString() {
    String yuan = cash.stripTrailingZeros().toPlainString() + " yuan per share in cash, untaxed";
    return bonus.signum() == 0 ? yuan : bonus.toPlainString() + " bonus shares and " + yuan;
  }
}
