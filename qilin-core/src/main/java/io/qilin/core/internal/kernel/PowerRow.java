package io.qilin.core.internal.kernel;

/**
 * Powers of a row, bit for bit those of {@link Elementwise#power}, at about a quarter of the cost for ordinary numbers: a
 * positive normal base and a result that is far from overflow and underflow. All else is left to that method.
 *
 * <p>Java prescribes the bits of {@code StrictMath.pow}: those of {@code e_pow.c} in fdlibm 5.3. This is that algorithm
 * with its constants, cut into short loops over a block of powers, with every choice that depends on the data made by
 * arithmetic: so the JVM turns most of it into vector instructions. {@linkplain LogBlock log2 of the base} is held as a sum
 * of two numbers, the upper one of 21 bits; it is multiplied by the exponent, and {@linkplain ExpBlock 2 to the power of
 * that} is taken.
 *
 * <p>fdlibm carries this notice: Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy,
 * modify, and distribute this software is freely granted, provided that this notice is preserved.
 *
 * <p>An instance works for one thread and allocates nothing after it was made. The result may be written over a row that
 * it is computed from.
 */
public final class PowerRow {
  /** How many powers are taken at a time: few enough to stay in the nearest cache. */
  static final int BLOCK = 64;

  /** Exponents from this size on are left to StrictMath. */
  private static final double MOST_EXPONENT = 0x1p31;

  /** Results beyond this power of two are left to StrictMath. */
  private static final double MOST_RESULT = 1020;

  private final int[] places = new int[BLOCK];
  private final double[] bases = new double[BLOCK];
  private final double[] exponents = new double[BLOCK];
  private final double[] uppers = new double[BLOCK];
  private final double[] lowers = new double[BLOCK];
  private final double[] sums = new double[BLOCK];
  private final LogBlock logs = new LogBlock(BLOCK);
  private final ExpBlock powers = new ExpBlock(BLOCK);
  private int count;

  /** Makes the arrays that it works with. */
  public PowerRow() {
    // All of them are of the size of a block.
  }

  /**
   * The powers of the first n.
   *
   * @param a the bases
   * @param b the exponents
   */
  public void compute(double[] a, double[] b, double[] out, int n) {
    count = 0;
    for (int i = 0; i < n; i++) {
      double base = a[i];
      double exponent = b[i];
      if (isOrdinary(base, exponent)) {
        bases[count] = base;
        exponents[count] = exponent;
        places[count++] = i;
        if (count == BLOCK) {
          finish(out);
        }
      } else {
        out[i] = Elementwise.power(base, exponent);
      }
    }
    finish(out);
  }

  /** Whether it is none of the cases that StrictMath treats in another way, and fast. */
  private static boolean isOrdinary(double base, double exponent) {
    double size = Math.abs(exponent);
    return base >= Double.MIN_NORMAL
        && base <= Double.MAX_VALUE
        && size < MOST_EXPONENT
        && size != 0
        && size != 0.5
        && size != 1
        && size != 2;
  }

  private void finish(double[] out) {
    if (count == 0) {
      return;
    }
    logs.compute(bases, count);
    WordParts.upper(exponents, uppers, count);
    multiply(logs.upper(), logs.lower(), exponents, uppers, lowers, sums, count);
    double[] results = powers.compute(sums, uppers, lowers, count);
    for (int k = 0; k < count; k++) {
      out[places[k]] =
          Math.abs(sums[k]) < MOST_RESULT ? results[k] : StrictMath.pow(bases[k], exponents[k]);
    }
    count = 0;
  }

  /** The logarithm of the result, in two parts and their sum; the upper parts of the exponents give way to its upper part. */
  private static void multiply(
      double[] logUpper,
      double[] logLower,
      double[] exponent,
      double[] upper,
      double[] lower,
      double[] sum,
      int n) {
    for (int i = 0; i < n; i++) {
      double low = (exponent[i] - upper[i]) * logUpper[i] + exponent[i] * logLower[i];
      double high = upper[i] * logUpper[i];
      lower[i] = low;
      upper[i] = high;
      sum[i] = low + high;
    }
  }
}
