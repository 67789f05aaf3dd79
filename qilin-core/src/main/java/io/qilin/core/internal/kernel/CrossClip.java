package io.qilin.core.internal.kernel;

/**
 * Moves outliers among the instruments of a day to a border. What is {@code NaN} or infinite is left out and gets {@code
 * NaN}. The result does not depend on the order of the instruments.
 *
 * <p>An instance works for one thread and allocates nothing after it was made. The result may be written over the row
 * that it is computed from.
 */
public final class CrossClip {
  /** Makes the median absolute deviation of a normal distribution its standard deviation. */
  private static final double NORMAL = 1.4826;

  private final SortedRow row;

  /** For rows of up to so many instruments. */
  public CrossClip(int width) {
    this.row = new SortedRow(width);
  }

  /**
   * Borders are the quantiles q and 1 − q with linear interpolation.
   *
   * @param q 0 to less than 0.5
   * @param n how many instruments there are; what lies behind is neither read nor written
   */
  public void winsorize(double[] x, double q, double[] out, int n) {
    int count = row.sort(x, n);
    double scale = scale(count);
    clip(x, quantile(q, count, scale) / scale, quantile(1 - q, count, scale) / scale, out, n);
  }

  /**
   * Borders are median ± k × 1.4826 × median absolute deviation from the median; if more than half of the values are equal
   * that deviation is 0 and all become the median.
   *
   * @param k above 0
   * @param n how many instruments there are; what lies behind is neither read nor written
   */
  public void clip(double[] x, double k, double[] out, int n) {
    int count = row.sort(x, n);
    double scale = scale(count);
    double median = quantile(0.5, count, scale);
    double reach = k * NORMAL * medianDeviation(median, count, scale);
    clip(x, (median - reach) / scale, (median + reach) / scale, out, n);
  }

  private static void clip(double[] x, double least, double most, double[] out, int n) {
    for (int i = 0; i < n; i++) {
      double value = x[i];
      out[i] =
          Double.isFinite(value) ? value < least ? least : value > most ? most : value : Double.NaN;
    }
  }

  private double scale(int count) {
    return count == 0
        ? 1
        : Magnitude.forSums(Math.max(Math.abs(row.value(0)), Math.abs(row.value(count - 1))));
  }

  private double quantile(double level, int count, double scale) {
    if (count == 0) {
      return Double.NaN;
    }
    double place = level * (count - 1);
    int below = (int) place;
    double value = row.value(below) * scale;
    return place == below
        ? value
        : value + (row.value(below + 1) * scale - value) * (place - below);
  }

  /** The deviations grow from the median to both ends, so they are taken in order from two runs. */
  private double medianDeviation(double median, int count, double scale) {
    int above = count / 2;
    int below = above - 1;
    double before = 0;
    double deviation = 0;
    for (int taken = 0; taken <= count / 2 && taken < count; taken++) {
      double down = below < 0 ? Double.POSITIVE_INFINITY : median - row.value(below) * scale;
      double up = above == count ? Double.POSITIVE_INFINITY : row.value(above) * scale - median;
      before = deviation;
      deviation = Math.min(down, up);
      below -= down <= up ? 1 : 0;
      above += down <= up ? 0 : 1;
    }
    return count % 2 == 1 ? deviation : (before + deviation) * 0.5;
  }
}
