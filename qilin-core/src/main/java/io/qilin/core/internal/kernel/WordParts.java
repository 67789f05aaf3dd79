package io.qilin.core.internal.kernel;

/** Doubles as two words of 32 bits. */
final class WordParts {
  /** The upper word, with the sign, the exponent and 20 bits of the fraction. */
  static final long UPPER = -1L << Integer.SIZE;

  private WordParts() {}

  /** The first n values without their lower words. */
  static void upper(double[] x, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(x[i]) & UPPER);
    }
  }
}
