package io.qilin.core.internal.kernel;

/** Covariance and correlation of two series over the rows where both are valid. */
public final class Pairs {
  private final PackedSeries x;
  private final PackedSeries y;
  /** The same, {@code NaN} where the other is not valid. */
  private final PackedSeries pairedX;

  private final PackedSeries pairedY;

  private Pairs(PackedSeries x, PackedSeries y, PackedSeries pairedX, PackedSeries pairedY) {
    this.x = x;
    this.y = y;
    this.pairedX = pairedX;
    this.pairedY = pairedY;
  }

  /** Pairs two series of the same rows. */
  public static Pairs of(double[] x, double[] y) {
    double[] pairedX = x.clone();
    double[] pairedY = y.clone();
    for (int row = 0; row < x.length; row++) {
      if (!PackedSeries.isValid(x[row]) || !PackedSeries.isValid(y[row])) {
        pairedX[row] = Double.NaN;
        pairedY[row] = Double.NaN;
      }
    }
    return new Pairs(
        PackedSeries.of(x), PackedSeries.of(y), PackedSeries.of(pairedX), PackedSeries.of(pairedY));
  }

  /** Covariance with ddof 1; {@code NaN} for fewer than two pairs. Arguments as {@link Rolling#apply}. */
  public double[] covariances(int window, int skip, Pulse pulse) {
    return Rolling.apply((paired, from, to) -> covariance(from, to), pairedX, window, skip, pulse);
  }

  /**
   * Pearson's correlation; {@code NaN} for fewer than two pairs and where one side does not vary.
   *
   * @param flat a side whose own standard deviation in the window is not above this counts as not varying; Qlib 2e-5
   */
  public double[] correlations(double flat, int window, int skip, Pulse pulse) {
    return Rolling.apply((paired, from, to) -> correlation(from, to, flat), pairedX, window, skip, pulse);
  }

  private double covariance(int from, int to) {
    int first = pairedX.before(from);
    int end = pairedX.before(to);
    if (end - first < 2) {
      return Double.NaN;
    }
    double[] a = pairedX.values();
    double[] b = pairedY.values();
    double meanA = Moments.mean(a, first, end);
    double meanB = Moments.mean(b, first, end);
    double products = 0;
    for (int i = first; i < end; i++) {
      products += (a[i] - meanA) * (b[i] - meanB);
    }
    return products / (end - first - 1);
  }

  private double correlation(int from, int to, double flat) {
    double covariance = covariance(from, to);
    if (covariance != covariance || deviation(x, from, to) <= flat || deviation(y, from, to) <= flat) {
      return Double.NaN;
    }
    return covariance / Math.sqrt(variance(pairedX, from, to) * variance(pairedY, from, to));
  }

  private static double deviation(PackedSeries series, int from, int to) {
    return Math.sqrt(variance(series, from, to));
  }

  private static double variance(PackedSeries series, int from, int to) {
    return Moments.variance(series.values(), series.before(from), series.before(to));
  }
}
