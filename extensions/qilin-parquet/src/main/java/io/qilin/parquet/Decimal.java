package io.qilin.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Decimals as the nearest {@code double}: what a parser makes of their digits. */
final class Decimal {
  private static final long EXACT = 1L << 53;

  /** Powers of ten that a double holds exactly. */
  private static final double[] TENS = new double[23];

  static {
    for (int i = 0; i < TENS.length; i++) {
      TENS[i] = BigInteger.TEN.pow(i).doubleValue();
    }
  }

  private Decimal() {}

  /**
   * The number.
   *
   * @param unscaled all its digits
   * @param digits how many of them stand behind the point
   */
  static double value(long unscaled, int digits) {
    if (digits < TENS.length && unscaled <= EXACT && unscaled >= -EXACT) {
      // One division of two exact numbers is rounded once.
      return unscaled / TENS[digits];
    }
    return BigDecimal.valueOf(unscaled, digits).doubleValue();
  }

  /** The number of a big-endian integer. */
  static double value(byte[] array, int from, int width, int digits) {
    if (width <= Long.BYTES) {
      long unscaled = array[from];
      for (int i = 1; i < width; i++) {
        unscaled = unscaled << 8 | (array[from + i] & 0xff);
      }
      return value(unscaled, digits);
    }
    BigInteger unscaled = new BigInteger(array, from, width);
    return unscaled.bitLength() < Long.SIZE
        ? value(unscaled.longValue(), digits)
        : new BigDecimal(unscaled, digits).doubleValue();
  }
}
