package io.qilin.core.internal.kernel;

/** Means with weights that grow towards the newest row. */
public final class Weighted {
  /**
   * Qlib's WMA: weights 1 to L over all L rows of the window, scaled to a sum of 1, then the <em>mean</em> of weight ×
   * value over the valid rows, so that a full window is divided by L once too often.
   */
  public static final WindowFunction WMA_AS_QLIB = (x, from, to) -> {
    double rows = to - from;
    return weightedSum(x, from, to) / (rows * (rows + 1) / 2) / (x.before(to) - x.before(from));
  };

  /** The weighted mean of the valid values, with weights 1 to L by place. */
  public static final WindowFunction WMA = (x, from, to) -> {
    double weights = 0;
    for (int i = x.before(from); i < x.before(to); i++) {
      weights += x.places()[i] - from + 1;
    }
    return weightedSum(x, from, to) / weights;
  };

  /** Qlib's EMA(x, 0): weights b<sup>age</sup>, b = 1 − 2/(L + 1), over all L rows; invalid rows count as 0. */
  public static final WindowFunction EXPANDING_EMA = Weighted::expandingEma;

  private Weighted() {}

  private static double weightedSum(PackedSeries x, int from, int to) {
    double sum = 0;
    for (int i = x.before(from); i < x.before(to); i++) {
      sum += (x.places()[i] - from + 1) * x.values()[i];
    }
    return sum;
  }

  private static double expandingEma(PackedSeries x, int from, int to) {
    if (x.before(from) == x.before(to)) {
      return Double.NaN;
    }
    double b = 1 - 2.0 / (to - from + 1);
    double sum = 0;
    double weights = 0;
    for (int row = from; row < to; row++) {
      sum = sum * b + (x.isValidAt(row) ? x.rows()[row] : 0);
      weights = weights * b + 1;
    }
    return sum / weights;
  }

  /**
   * The exponentially weighted mean of all rows so far, as pandas computes it with adjust=True and ignore_na=False: the
   * valid values by weights (1 − alpha)<sup>age</sup>. An invalid row repeats the value before it.
   *
   * @param alpha weight of the newest value, above 0 to 1
   * @param skip rows at the start that are read but get no value
   */
  public static double[] ema(double alpha, PackedSeries x, int skip, Pulse pulse) {
    double[] rows = x.rows();
    double[] out = new double[rows.length - skip];
    double mean = Double.NaN;
    double weight = 0;
    for (int row = 0; row < rows.length; row++) {
      weight *= 1 - alpha;
      if (x.isValidAt(row)) {
        mean = weight == 0 || mean == rows[row]
            ? rows[row]
            : (weight * mean + rows[row]) / (weight + 1);
        weight += 1;
      }
      if (row >= skip) {
        out[row - skip] = mean;
      }
    }
    pulse.spend(rows.length);
    return out;
  }
}
