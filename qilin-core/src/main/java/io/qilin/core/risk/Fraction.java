package io.qilin.core.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A limit from 0 to 1 as a whole number of billionths, finer digits cut off, so that limits are
 * judged by integers. Immutable.
 */
final class Fraction {
  private static final long ONE = 1_000_000_000L;

  private final double value;
  private final long billionths;

  Fraction(double value) {
    this.value = value;
    this.billionths = BigDecimal.valueOf(value)
        .movePointRight(9)
        .setScale(0, RoundingMode.DOWN)
        .longValueExact();
  }

  /** The part of an amount, rounded down; the amount is not negative. */
  long floor(long amount) {
    return amount / ONE * billionths + amount % ONE * billionths / ONE;
  }

  /** The part of an amount, rounded up; the amount is not negative. */
  long ceiling(long amount) {
    return amount / ONE * billionths + (amount % ONE * billionths + ONE - 1) / ONE;
  }

  /** Without trailing zeros and without an exponent. */
  @Override
  public String toString() {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
