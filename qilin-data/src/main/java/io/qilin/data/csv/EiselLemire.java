package io.qilin.data.csv;

import java.math.BigInteger;

/**
 * The nearest double of a decimal of up to nineteen digits, by one or two multiplications of 64 bits. The digits are
 * multiplied by the first 128 bits of a power of five; the product's first 54 bits decide, unless the bits behind them
 * leave open on which side of the middle between two doubles the decimal lies, which is told instead of guessed.
 *
 * <p>Source: Daniel Lemire, "Number Parsing at a Gigabyte per Second", Software: Practice and Experience 51 (8), 2021,
 * after an idea of Michael Eisel; why the product never needs more than 128 bits of the power: Noble Mushtak and Daniel
 * Lemire, "Fast Number Parsing Without Fallback", 2023. Powers of ten beyond those of prices and turnovers are left to
 * {@link Double#parseDouble}, so that no result is subnormal or infinite.
 */
final class EiselLemire {
  /** The largest power of ten that is known, and the smallest below zero. */
  static final int POWERS = 64;

  private static final int MANTISSA = 52;
  private static final int BIAS = 1023;

  /** Bits of the product's upper half below the mantissa and its two bits for rounding. */
  private static final int BEHIND = Long.SIZE - MANTISSA - 3;

  /** Within these powers a decimal may lie exactly in the middle between two doubles. */
  private static final int LEAST_EVEN = -4;

  private static final int MOST_EVEN = 23;

  /** Within these powers 128 bits hold the power of five, or its inverse is known well enough. */
  private static final int LEAST_SURE = -27;

  private static final int MOST_SURE = 55;

  private static final long[] UPPER = new long[2 * POWERS + 1];
  private static final long[] LOWER = new long[2 * POWERS + 1];

  static {
    for (int power = -POWERS; power <= POWERS; power++) {
      BigInteger bits = bits(power);
      UPPER[power + POWERS] = bits.shiftRight(Long.SIZE).longValue();
      LOWER[power + POWERS] = bits.longValue();
    }
  }

  private EiselLemire() {}

  /** The first 128 bits of a power of five: cut off, or rounded up for a power below zero. */
  private static BigInteger bits(int power) {
    BigInteger five = BigInteger.valueOf(5).pow(Math.abs(power));
    BigInteger all = power < 0
        ? BigInteger.ONE.shiftLeft(2 * five.bitLength() + 2 * Long.SIZE).divide(five)
        : five.shiftLeft(2 * Long.SIZE);
    BigInteger first = all.shiftRight(all.bitLength() - 2 * Long.SIZE);
    return power < 0 ? first.add(BigInteger.ONE) : first;
  }

  /**
   * The double nearest to {@code digits · 10^power}.
   *
   * @param digits more than 0, as an unsigned number of 64 bits
   * @param power from -64 to 64
   * @return {@code NaN} if it cannot be told by this way
   */
  static double nearest(long digits, int power) {
    int shift = Long.numberOfLeadingZeros(digits);
    long whole = digits << shift;
    long upper = upper(whole, UPPER[power + POWERS]);
    long lower = whole * UPPER[power + POWERS];
    long rest = (1L << BEHIND) - 1;
    if ((upper & rest) == rest) {
      long more = upper(whole, LOWER[power + POWERS]);
      lower += more;
      upper += Long.compareUnsigned(lower, more) < 0 ? 1 : 0;
    }
    if (lower == -1 && (power < LEAST_SURE || power > MOST_SURE)) {
      return Double.NaN;
    }
    int top = (int) (upper >>> (Long.SIZE - 1));
    long mantissa = upper >>> (top + BEHIND);
    // An exact middle goes to the even neighbour.
    if (Long.compareUnsigned(lower, 1) <= 0
        && power >= LEAST_EVEN
        && power <= MOST_EVEN
        && (mantissa & 3) == 1
        && mantissa << (top + BEHIND) == upper) {
      mantissa--;
    }
    // Adding, not joining, lets a mantissa that is rounded up to two raise the exponent.
    mantissa = (mantissa + 1) >>> 1;
    long exponent = (long) binary(power) + top - shift + BIAS;
    return Double.longBitsToDouble((exponent << MANTISSA) + mantissa - (1L << MANTISSA));
  }

  /** The binary exponent of a power of ten, and the 63 bits of the digits before the last. */
  private static int binary(int power) {
    return ((217_706 * power) >> 16) + Long.SIZE - 1;
  }

  /** The upper half of a product of unsigned numbers. */
  private static long upper(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }
}
