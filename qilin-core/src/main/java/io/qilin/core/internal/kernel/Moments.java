package io.qilin.core.internal.kernel;

/**
 * Sums of powers over the valid values of a window, each in two passes: first the mean, then deviations from it.
 *
 * <p>Values are measured from the window's first one. So a window of equal values has exactly that mean and no spread,
 * and prices that differ in their last digits only keep all digits of the difference; and as the first value is itself
 * part of the window, nothing is lost where it stands far off.
 */
public final class Moments {
  /** Below this second moment pandas gives no skewness or kurtosis. */
  private static final double FLAT = 1e-14;

  /** Arithmetic mean. */
  public static final WindowFunction MEAN =
      WindowFunction.ofValid((v, first, end) -> v[first] + offset(v, first, end));

  /** Sum. */
  public static final WindowFunction SUM =
      WindowFunction.ofValid((v, first, end) -> (end - first) * v[first] + excess(v, first, end));

  /** Variance with ddof 1. */
  public static final WindowFunction VAR = WindowFunction.ofValid(Moments::variance);

  /** Standard deviation with ddof 1. */
  public static final WindowFunction STD =
      WindowFunction.ofValid((v, first, end) -> Math.sqrt(variance(v, first, end)));

  /** Adjusted Fisher–Pearson skewness. */
  public static final WindowFunction SKEW = WindowFunction.ofValid(Moments::skewness);

  /** Unbiased excess kurtosis. */
  public static final WindowFunction KURT = WindowFunction.ofValid(Moments::kurtosis);

  /** Mean absolute deviation from the mean. */
  public static final WindowFunction MAD = WindowFunction.ofValid(Moments::meanDeviation);

  private Moments() {}

  /** Mean of at least one value less the first of them. */
  static double offset(double[] v, int first, int end) {
    return excess(v, first, end) / (end - first);
  }

  /** Σ (v − v[first]), in four strands so that the processor need not wait for each sum. */
  private static double excess(double[] v, int first, int end) {
    double origin = v[first];
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = first;
    for (; i + 3 < end; i += 4) {
      s0 += v[i] - origin;
      s1 += v[i + 1] - origin;
      s2 += v[i + 2] - origin;
      s3 += v[i + 3] - origin;
    }
    for (; i < end; i++) {
      s0 += v[i] - origin;
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** Σ (v − v[first] − offset)², in four strands. */
  static double squares(double[] v, int first, int end, double offset) {
    double origin = v[first];
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = first;
    for (; i + 3 < end; i += 4) {
      double d0 = v[i] - origin - offset;
      double d1 = v[i + 1] - origin - offset;
      double d2 = v[i + 2] - origin - offset;
      double d3 = v[i + 3] - origin - offset;
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; i < end; i++) {
      double d = v[i] - origin - offset;
      s0 += d * d;
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@code NaN} for fewer than two values. */
  static double variance(double[] v, int first, int end) {
    int n = end - first;
    return n < 2 ? Double.NaN : squares(v, first, end, offset(v, first, end)) / (n - 1);
  }

  private static double skewness(double[] v, int first, int end) {
    double n = end - first;
    if (n < 3) {
      return Double.NaN;
    }
    double offset = offset(v, first, end);
    double m2 = squares(v, first, end, offset) / n;
    if (m2 <= FLAT) {
      return m2 == 0 ? 0 : Double.NaN;
    }
    double cubes = 0;
    for (int i = first; i < end; i++) {
      double d = v[i] - v[first] - offset;
      cubes += d * d * d;
    }
    return Math.sqrt(n * (n - 1)) / (n - 2) * (cubes / n) / (m2 * Math.sqrt(m2));
  }

  private static double kurtosis(double[] v, int first, int end) {
    double n = end - first;
    if (n < 4) {
      return Double.NaN;
    }
    double offset = offset(v, first, end);
    double m2 = squares(v, first, end, offset) / n;
    if (m2 <= FLAT) {
      return m2 == 0 ? -3 : Double.NaN;
    }
    double fourth = 0;
    for (int i = first; i < end; i++) {
      double d = v[i] - v[first] - offset;
      fourth += (d * d) * (d * d);
    }
    double ratio = fourth / n / (m2 * m2);
    return ((n * n - 1) * ratio - 3 * (n - 1) * (n - 1)) / ((n - 2) * (n - 3));
  }

  private static double meanDeviation(double[] v, int first, int end) {
    double offset = offset(v, first, end);
    double sum = 0;
    for (int i = first; i < end; i++) {
      sum += Math.abs(v[i] - v[first] - offset);
    }
    return sum / (end - first);
  }
}
