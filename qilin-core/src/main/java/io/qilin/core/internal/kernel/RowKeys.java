package io.qilin.core.internal.kernel;

/**
 * Whole numbers of 31 bits that order as doubles do, as far as a float of 23 bits tells them apart: what is less has no
 * larger key, what is equal the same one; -0 equals 0. The difference of two keys cannot overflow.
 */
final class RowKeys {
  /** The key of {@code NaN} and the infinities, above all others. */
  static final int MISSING = Integer.MAX_VALUE;

  private RowKeys() {}

  /** The key of one value. */
  static int of(double x) {
    int bits = Float.floatToRawIntBits((float) (x + 0.0)); // makes -0 to 0
    int key = (bits ^ ((bits >> 31) | Integer.MIN_VALUE)) >>> 1;
    return Math.abs(x) <= Double.MAX_VALUE ? key : MISSING;
  }
}
