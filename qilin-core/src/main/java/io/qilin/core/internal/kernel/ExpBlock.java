package io.qilin.core.internal.kernel;

/**
 * Powers of 2 whose exponents are sums of two doubles, by the steps of fdlibm's {@code e_pow.c}; see {@link PowerRow}. A
 * whole number is taken out of the exponent and added to that of the result, which must be far from overflow and
 * underflow.
 */
final class ExpBlock {
  private static final int HALF = 0x3fe00000;

  /** ln 2, and in two parts. */
  private static final double LN2 = 0x1.62e42fefa39efp-1;

  private static final double LN2_UPPER = 0x1.62e43p-1;
  private static final double LN2_LOWER = -0x1.05c610ca86c39p-29;

  private static final double P1 = 0x1.555555555553ep-3;
  private static final double P2 = -0x1.6c16c16bebd93p-9;
  private static final double P3 = 0x1.1566aaf25de2cp-14;
  private static final double P4 = -0x1.bbd41c5d26bf1p-20;
  private static final double P5 = 0x1.6376972bea4d0p-25;

  private final double[] wholes;
  private final long[] shifts;
  private final double[] rests;
  private final double[] rounded;
  private final double[] results;

  /** For blocks of up to so many numbers. */
  ExpBlock(int width) {
    wholes = new double[width];
    shifts = new long[width];
    rests = new double[width];
    rounded = new double[width];
    results = new double[width];
  }

  /**
   * The powers for the first n exponents, valid until the next call.
   *
   * @param sums the exponents
   * @param uppers their upper parts
   * @param lowers their lower parts
   */
  double[] compute(double[] sums, double[] uppers, double[] lowers, int n) {
    round(sums, wholes, shifts, n);
    subtract(uppers, lowers, wholes, rests, results, n);
    WordParts.upper(results, rounded, n);
    sum(rounded, lowers, rests, results, n);
    shift(results, shifts, n);
    return results;
  }

  /** The whole numbers nearest to the upper words, halves away from 0, but 0 for one half itself. */
  private static void round(double[] sums, double[] wholes, long[] shifts, int n) {
    for (int i = 0; i < n; i++) {
      long word = Double.doubleToRawLongBits(sums[i]) & WordParts.UPPER;
      int far = (HALF - ((int) (word >>> Integer.SIZE) & Integer.MAX_VALUE)) >>> 31;
      int nearest = far * (int) (Math.abs(Double.longBitsToDouble(word)) + 0.5);
      int sign = (int) (word >> 63);
      int whole = (nearest ^ sign) - sign;
      wholes[i] = whole;
      shifts[i] = (long) whole << 52;
    }
  }

  private static void subtract(
      double[] uppers, double[] lowers, double[] wholes, double[] rests, double[] sums, int n) {
    for (int i = 0; i < n; i++) {
      double rest = uppers[i] - wholes[i];
      rests[i] = rest;
      sums[i] = lowers[i] + rest;
    }
  }

  /** The exponential series of what is left. */
  private static void sum(
      double[] rounded, double[] lowers, double[] rests, double[] results, int n) {
    for (int i = 0; i < n; i++) {
      double t = rounded[i];
      double u = t * LN2_UPPER;
      double v = (lowers[i] - (t - rests[i])) * LN2 + t * LN2_LOWER;
      double z = u + v;
      double w = v - (z - u);
      double z2 = z * z;
      double t1 = z - z2 * (P1 + z2 * (P2 + z2 * (P3 + z2 * (P4 + z2 * P5))));
      double r = (z * t1) / (t1 - 2) - (w + z * w);
      results[i] = 1 - (r - z);
    }
  }

  private static void shift(double[] results, long[] shifts, int n) {
    for (int i = 0; i < n; i++) {
      results[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(results[i]) + shifts[i]);
    }
  }
}
