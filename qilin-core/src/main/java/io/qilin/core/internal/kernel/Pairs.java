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
    return Rolling.apply(
        (paired, from, to) -> spread(from, to).covariance(), pairedX, window, skip, pulse);
  }

  /**
   * Pearson's correlation; {@code NaN} for fewer than two pairs and where one side does not vary.
   *
   * @param flat a side whose own standard deviation in the window is not above this counts as not varying; Qlib 2e-5
   */
  public double[] correlations(double flat, int window, int skip, Pulse pulse) {
    return Rolling.apply(
        (paired, from, to) -> correlation(from, to, flat), pairedX, window, skip, pulse);
  }

  private double correlation(int from, int to, double flat) {
    Spread spread = spread(from, to);
    boolean constant = deviation(x, from, to, spread.n(), spread.squaresX()) <= flat
        || deviation(y, from, to, spread.n(), spread.squaresY()) <= flat;
    return constant ? Double.NaN : spread.correlation();
  }

  /** Standard deviation of a side over its own valid rows, which mostly are the pairs. */
  private static double deviation(PackedSeries side, int from, int to, int pairs, double squares) {
    int first = side.before(from);
    int end = side.before(to);
    return Math.sqrt(
        end - first == pairs && pairs > 1
            ? squares / (pairs - 1)
            : Moments.variance(side.values(), first, end));
  }

  /** Sums of products and squares of deviations from the means. */
  record Spread(int n, double products, double squaresX, double squaresY) {
    double covariance() {
      return n < 2 ? Double.NaN : products / (n - 1);
    }

    double correlation() {
      return n < 2 ? Double.NaN : products / deviations();
    }

    /** The first form makes the correlation of a series with itself exactly 1; the other cannot overflow. */
    private double deviations() {
      double squares = squaresX * squaresY;
      return squares >= Double.MIN_NORMAL && squares <= Double.MAX_VALUE
          ? Math.sqrt(squares)
          : Math.sqrt(squaresX) * Math.sqrt(squaresY);
    }
  }

  private Spread spread(int from, int to) {
    return spread(pairedX.values(), pairedY.values(), pairedX.before(from), pairedX.before(to));
  }

  /** The spread of the pairs {@code [first, end)}, all valid. */
  static Spread spread(double[] a, double[] b, int first, int end) {
    if (end - first < 2) {
      return new Spread(end - first, Double.NaN, Double.NaN, Double.NaN);
    }
    double offsetA = Moments.offset(a, first, end);
    double offsetB = Moments.offset(b, first, end);
    double products = 0;
    double squaresX = 0;
    double squaresY = 0;
    for (int i = first; i < end; i++) {
      double da = a[i] - a[first] - offsetA;
      double db = b[i] - b[first] - offsetB;
      products += da * db;
      squaresX += da * da;
      squaresY += db * db;
    }
    return new Spread(end - first, products, squaresX, squaresY);
  }
}
