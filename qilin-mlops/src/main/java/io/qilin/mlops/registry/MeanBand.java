package io.qilin.mlops.registry;

/**
 * A mean of daily figures with a bound on either side, when neighbouring days may be alike. The variance is that of Newey and West
 * (1987) with the bandwidth M = ⌈1.3·√T⌉ and the critical values for it that {@link Confidence} has, as Lazarus, Lewis, Stock and
 * Watson, HAR inference: recommendations for practice, Journal of Business and Economic Statistics 36 (2018), recommend: with a
 * short bandwidth and normal values too many intervals would miss the truth.
 *
 * @param mean {@code NaN} without days
 * @param low the mean is higher with the confidence; {@code NaN} for fewer than two days
 * @param high the mean is lower with the confidence; {@code NaN} for fewer than two days
 */
record MeanBand(double mean, double low, double high) {
  private static final double BANDWIDTH = 1.3;

  static MeanBand of(double[] figures, Confidence confidence) {
    int days = figures.length;
    double sum = 0;
    for (double figure : figures) {
      sum += figure;
    }
    double mean = sum / days;
    if (days < 2) {
      return new MeanBand(mean, Double.NaN, Double.NaN);
    }
    double[] x = new double[days];
    for (int t = 0; t < days; t++) {
      x[t] = figures[t] - mean;
    }
    int bandwidth = Math.min(days, (int) Math.ceil(BANDWIDTH * Math.sqrt(days)));
    double variance = products(x, 0);
    for (int k = 1; k < bandwidth; k++) {
      variance += 2 * (1 - (double) k / bandwidth) * products(x, k);
    }
    // Bartlett's weights keep it from being negative, but for rounding.
    double error = Math.sqrt(Math.max(0, variance)) / days;
    double reach = confidence.criticalValue((double) bandwidth / days) * error;
    return new MeanBand(mean, mean - reach, mean + reach);
  }

  private static double products(double[] x, int lag) {
    double sum = 0;
    for (int t = lag; t < x.length; t++) {
      sum += x[t] * x[t - lag];
    }
    return sum;
  }
}
