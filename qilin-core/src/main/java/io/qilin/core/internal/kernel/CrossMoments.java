package io.qilin.core.internal.kernel;

/**
 * Means and spreads over the instruments of a day. What is {@code NaN} or infinite is left out and gets {@code NaN}.
 *
 * <p>Values are measured from the first one, in two passes, so that equal values have exactly no spread. Sums run in the
 * order of the instruments: another order may change the last digits. Rows of the largest doubles are scaled by a power of
 * two first, so that no sum overflows. The result may be written over the row that it is computed from.
 */
public final class CrossMoments {
  private CrossMoments() {}

  /**
   * (x − mean) / standard deviation with ddof 1, as Qlib's CSZScoreNorm; {@code NaN} if all values are equal.
   *
   * @param n how many instruments there are; what lies behind is neither read nor written
   */
  public static void zscore(double[] x, double[] out, int n) {
    double scale = Magnitude.forSquares(Magnitude.largest(x, n));
    double origin = first(x, n) * scale;
    double offset = offset(x, n, scale, origin);
    double squares = 0;
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (Double.isFinite(x[i])) {
        double d = x[i] * scale - origin - offset;
        squares += d * d;
        count++;
      }
    }
    double deviation = Math.sqrt(squares / (count - 1));
    for (int i = 0; i < n; i++) {
      out[i] = Double.isFinite(x[i]) ? (x[i] * scale - origin - offset) / deviation : Double.NaN;
    }
  }

  /**
   * x − mean.
   *
   * @param n how many instruments there are; what lies behind is neither read nor written
   */
  public static void demean(double[] x, double[] out, int n) {
    double scale = Magnitude.forSums(Magnitude.largest(x, n));
    double origin = first(x, n) * scale;
    double offset = offset(x, n, scale, origin);
    for (int i = 0; i < n; i++) {
      out[i] = Double.isFinite(x[i]) ? (x[i] * scale - origin - offset) / scale : Double.NaN;
    }
  }

  /**
   * x a / Σ|x|; {@code NaN} if all values are 0.
   *
   * @param n how many instruments there are; what lies behind is neither read nor written
   */
  public static void scale(double[] x, double a, double[] out, int n) {
    double scale = Magnitude.forSums(Magnitude.largest(x, n));
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Double.isFinite(x[i]) ? Math.abs(x[i] * scale) : 0;
    }
    for (int i = 0; i < n; i++) {
      out[i] = Double.isFinite(x[i]) ? x[i] * scale / sum * a : Double.NaN;
    }
  }

  /** Mean of the scaled values less the origin. */
  private static double offset(double[] x, int n, double scale, double origin) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (Double.isFinite(x[i])) {
        sum += x[i] * scale - origin;
        count++;
      }
    }
    return sum / count;
  }

  /** The first value; 0 without any. */
  private static double first(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      if (Double.isFinite(x[i])) {
        return x[i];
      }
    }
    return 0;
  }
}
