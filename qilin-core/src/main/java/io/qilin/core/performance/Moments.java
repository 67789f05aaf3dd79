package io.qilin.core.performance;

/**
 * Moments of some returns.
 *
 * @param count how many
 * @param mean {@code NaN} without any
 * @param deviation standard deviation, ddof 1; {@code NaN} for fewer than two; exactly 0 if all are equal
 * @param skewness m3 / m2^1.5 with the moments of the sample; {@code NaN} if there is no deviation
 * @param kurtosis m4 / m2², 3 for a normal distribution; {@code NaN} if there is no deviation
 */
record Moments(int count, double mean, double deviation, double skewness, double kurtosis) {
  /** The moments of values in {@code [from, end)}, none of them {@code NaN}. */
  static Moments of(double[] values, int from, int end) {
    int count = end - from;
    if (count == 0) {
      return new Moments(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    double sum = 0;
    double least = values[from];
    double most = values[from];
    for (int i = from; i < end; i++) {
      sum += values[i];
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    if (least == most) {
      return new Moments(count, least, count < 2 ? Double.NaN : 0, Double.NaN, Double.NaN);
    }
    double mean = sum / count;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int i = from; i < end; i++) {
      double x = values[i] - mean;
      second += x * x;
      third += x * x * x;
      fourth += x * x * x * x;
    }
    double variance = second / count;
    return new Moments(
        count,
        mean,
        Math.sqrt(second / (count - 1)),
        third / count / (variance * Math.sqrt(variance)),
        fourth / count / (variance * variance));
  }

  static Moments of(double[] values) {
    return of(values, 0, values.length);
  }

  /** Mean over deviation; {@code NaN} if there is no deviation. */
  double ratio() {
    return deviation > 0 ? mean / deviation : Double.NaN;
  }
}
