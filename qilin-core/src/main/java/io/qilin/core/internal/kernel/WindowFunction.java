package io.qilin.core.internal.kernel;

/** One value from one window. Depends on the rows of the window only, so that no result depends on where data begins. */
@FunctionalInterface
public interface WindowFunction {
  /**
   * The value of the window {@code [from, to)}, which is not empty.
   *
   * @return {@code NaN} where the window does not decide a value
   */
  double of(PackedSeries x, int from, int to);

  /** A function of the valid values alone, wherever they stand; {@code NaN} without any. */
  static WindowFunction ofValid(ValidFunction function) {
    return (x, from, to) -> {
      int first = x.before(from);
      int end = x.before(to);
      return first == end ? Double.NaN : function.of(x.values(), first, end);
    };
  }

  /** A function of the finite values {@code v[first], …, v[end - 1]}, at least one. */
  @FunctionalInterface
  interface ValidFunction {
    /** The value. */
    double of(double[] v, int first, int end);
  }
}
