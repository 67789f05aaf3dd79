package io.qilin.data.table;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Decimals, and numbers of 16 bits, as the nearest {@code double}, ties to even: exactly what a parser makes of their digits, so that a decimal in a
 * binary format and its digits in CSV become the same number. Up to 15 digits nothing is lost: the shortest digits of the
 * {@code double} are those of the decimal. Of more digits the first 15 to 17 are left. Stateless.
 */
public final class NearestDouble {
  private static final long EXACT = 1L << 53;
  private static final int HALF_BIAS = 15;

  /** Powers of ten that a double holds exactly. */
  private static final double[] TENS = new double[23];

  static {
    for (int i = 0; i < TENS.length; i++) {
      TENS[i] = BigInteger.TEN.pow(i).doubleValue();
    }
  }

  private NearestDouble() {}

  /**
   * The number {@code unscaled × 10^-scale}.
   *
   * @param unscaled all its digits
   * @param scale how many of them stand behind the point; below 0 for zeros that follow
   */
  public static double of(long unscaled, int scale) {
    if (scale >= 0 && scale < TENS.length && unscaled <= EXACT && unscaled >= -EXACT) {
      // One division of two exact numbers is rounded once.
      return unscaled / TENS[scale];
    }
    return BigDecimal.valueOf(unscaled, scale).doubleValue();
  }

  /** The number of IEEE 754's binary16, which a double holds exactly. */
  public static double ofHalf(short bits) {
    int exponent = bits >>> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size = exponent == 0
        ? Math.scalb((double) fraction, -HALF_BIAS - 9)
        : Math.scalb(1024.0 + fraction, exponent - HALF_BIAS - 10);
    if (exponent == 0x1f) {
      size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    return bits < 0 ? -size : size;
  }

  /**
   * The number of any size.
   *
   * @param unscaled all its digits
   * @param scale how many of them stand behind the point; below 0 for zeros that follow
   */
  public static double of(BigInteger unscaled, int scale) {
    return unscaled.bitLength() < Long.SIZE
        ? of(unscaled.longValue(), scale)
        : new BigDecimal(unscaled, scale).doubleValue();
  }

  /**
   * The number whose digits are a big-endian integer in two's complement.
   *
   * @param array holds it
   * @param from its first byte
   * @param width its bytes, at least 1
   * @param scale how many digits stand behind the point; below 0 for zeros that follow
   * @throws IndexOutOfBoundsException if the array does not hold it
   */
  public static double of(byte[] array, int from, int width, int scale) {
    if (width > Long.BYTES) {
      return of(new BigInteger(array, from, width), scale);
    }
    long unscaled = array[from];
    for (int i = 1; i < width; i++) {
      unscaled = unscaled << 8 | (array[from + i] & 0xff);
    }
    return of(unscaled, scale);
  }
}
