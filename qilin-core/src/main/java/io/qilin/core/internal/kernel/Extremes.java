package io.qilin.core.internal.kernel;

/** Largest and smallest values of a window, and where they stand. */
public final class Extremes {
  /** Largest valid value. */
  public static final WindowFunction MAX = WindowFunction.ofValid(Extremes::max);
  /** Smallest valid value. */
  public static final WindowFunction MIN = WindowFunction.ofValid(Extremes::min);

  /**
   * Place of the largest value, counted from 1 at the oldest row; the first of equals. If some row is not valid, the
   * place of the first such row, as NumPy's argmax has it; {@code NaN} if none is valid.
   */
  public static final WindowFunction PLACE_OF_MAX = (x, from, to) -> place(x, from, to, 1);

  /** Place of the smallest value, by the same rules. */
  public static final WindowFunction PLACE_OF_MIN = (x, from, to) -> place(x, from, to, -1);

  private Extremes() {}

  private static double max(double[] v, int first, int end) {
    double max = v[first];
    for (int i = first + 1; i < end; i++) {
      max = v[i] > max ? v[i] : max;
    }
    return max;
  }

  private static double min(double[] v, int first, int end) {
    double min = v[first];
    for (int i = first + 1; i < end; i++) {
      min = v[i] < min ? v[i] : min;
    }
    return min;
  }

  private static double place(PackedSeries x, int from, int to, int sign) {
    int valid = x.before(to) - x.before(from);
    if (valid == 0) {
      return Double.NaN;
    }
    if (valid < to - from) {
      return x.firstInvalid(from, to) - from + 1;
    }
    double[] rows = x.rows();
    int best = from;
    for (int row = from + 1; row < to; row++) {
      if (rows[row] * sign > rows[best] * sign) {
        best = row;
      }
    }
    return best - from + 1;
  }
}
