package io.qilin.core.internal.kernel;

/**
 * Sums of powers over the valid values of a window, each in two passes: first the mean, then deviations from it. A
 * window of equal values has exactly that mean and no spread.
 */
public final class Moments {
  /** Below this second moment pandas gives no skewness or kurtosis. */
  private static final double FLAT = 1e-14;

  /** Arithmetic mean. */
  public static final WindowFunction MEAN = WindowFunction.ofValid(Moments::mean);
  /** Sum. */
  public static final WindowFunction SUM =
      WindowFunction.ofValid((v, a, b) -> (b - a) * v[a] + deviation(v, a, b, v[a]));
  /** Variance with ddof 1. */
  public static final WindowFunction VAR = WindowFunction.ofValid(Moments::variance);
  /** Standard deviation with ddof 1. */
  public static final WindowFunction STD = WindowFunction.ofValid((v, a, b) -> Math.sqrt(variance(v, a, b)));
  /** Adjusted Fisher–Pearson skewness. */
  public static final WindowFunction SKEW = WindowFunction.ofValid(Moments::skewness);
  /** Unbiased excess kurtosis. */
  public static final WindowFunction KURT = WindowFunction.ofValid(Moments::kurtosis);
  /** Mean absolute deviation from the mean. */
  public static final WindowFunction MAD = WindowFunction.ofValid(Moments::meanDeviation);

  private Moments() {}

  /** The mean of at least one value, measured from the first, so that equal values give themselves. */
  static double mean(double[] v, int first, int end) {
    return v[first] + deviation(v, first, end, v[first]) / (end - first);
  }

  /** Σ (v − centre), in four strands so that the processor need not wait for each sum. */
  private static double deviation(double[] v, int first, int end, double centre) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = first;
    for (; i + 3 < end; i += 4) {
      s0 += v[i] - centre;
      s1 += v[i + 1] - centre;
      s2 += v[i + 2] - centre;
      s3 += v[i + 3] - centre;
    }
    for (; i < end; i++) {
      s0 += v[i] - centre;
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** Σ (v − centre)², in four strands. */
  static double squares(double[] v, int first, int end, double centre) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = first;
    for (; i + 3 < end; i += 4) {
      s0 += (v[i] - centre) * (v[i] - centre);
      s1 += (v[i + 1] - centre) * (v[i + 1] - centre);
      s2 += (v[i + 2] - centre) * (v[i + 2] - centre);
      s3 += (v[i + 3] - centre) * (v[i + 3] - centre);
    }
    for (; i < end; i++) {
      s0 += (v[i] - centre) * (v[i] - centre);
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@code NaN} for a single value. */
  static double variance(double[] v, int first, int end) {
    int n = end - first;
    return n < 2 ? Double.NaN : squares(v, first, end, mean(v, first, end)) / (n - 1);
  }

  private static double skewness(double[] v, int first, int end) {
    double n = end - first;
    if (n < 3) {
      return Double.NaN;
    }
    double mean = mean(v, first, end);
    double m2 = squares(v, first, end, mean) / n;
    if (m2 <= FLAT) {
      return m2 == 0 ? 0 : Double.NaN;
    }
    double m3 = power(v, first, end, mean, 3) / n;
    return Math.sqrt(n * (n - 1)) / (n - 2) * m3 / (m2 * Math.sqrt(m2));
  }

  private static double kurtosis(double[] v, int first, int end) {
    double n = end - first;
    if (n < 4) {
      return Double.NaN;
    }
    double mean = mean(v, first, end);
    double m2 = squares(v, first, end, mean) / n;
    if (m2 <= FLAT) {
      return m2 == 0 ? -3 : Double.NaN;
    }
    double m4 = power(v, first, end, mean, 4) / n;
    return ((n * n - 1) * m4 / (m2 * m2) - 3 * (n - 1) * (n - 1)) / ((n - 2) * (n - 3));
  }

  private static double power(double[] v, int first, int end, double mean, int exponent) {
    double sum = 0;
    for (int i = first; i < end; i++) {
      double d = v[i] - mean;
      sum += exponent == 3 ? d * d * d : (d * d) * (d * d);
    }
    return sum;
  }

  private static double meanDeviation(double[] v, int first, int end) {
    double mean = mean(v, first, end);
    double sum = 0;
    for (int i = first; i < end; i++) {
      sum += Math.abs(v[i] - mean);
    }
    return sum / (end - first);
  }
}
