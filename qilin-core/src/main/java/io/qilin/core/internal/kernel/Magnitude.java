package io.qilin.core.internal.kernel;

/** Powers of two by which a row is multiplied so that sums and squares of it stay within range; they cost no digit. */
final class Magnitude {
  private static final int FAR = 400;
  private static final int NEAR_OVERFLOW = 1000;
  private static final int NEAR_UNDERFLOW = -960;

  private Magnitude() {}

  /** The largest absolute value of the finite ones of {@code x[0], …, x[n - 1]}; 0 without any. */
  static double largest(double[] x, int n) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double size = Math.abs(x[i]);
      largest = size > largest && size <= Double.MAX_VALUE ? size : largest;
    }
    return largest;
  }

  /** 1, or less where the sum of a row of such values could overflow, or more where a part of one could lose digits. */
  static double forSums(double largest) {
    int exponent = Math.getExponent(largest);
    return exponent > NEAR_OVERFLOW ? 0x1p-30 : exponent < NEAR_UNDERFLOW ? 0x1p100 : 1;
  }

  /** 1, or what brings the largest value near 1 where squares could overflow or vanish. */
  static double forSquares(double largest) {
    int exponent = Math.getExponent(largest);
    return Math.abs(exponent) > FAR ? Math.scalb(1.0, -exponent) : 1;
  }
}
