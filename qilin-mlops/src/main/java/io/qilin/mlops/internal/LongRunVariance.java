package io.qilin.mlops.internal;

/**
 * The long-run variance of a series in time: T times the variance of its mean, when neighbouring values are alike.
 *
 * <p>An autoregression of first order takes out most of the likeness, Newey and West (1987) see to what is left (Andrews and
 * Monahan 1992): with x the values less their mean, r = Σ x[t]·x[t−1] / Σ x[t]², moved up by (1 + 3r)/T for its bias in small
 * samples (Kendall 1954) and held within ±0.97, the residuals e[t] = x[t] − r·x[t−1] have
 *
 * <pre>
 * γ(k) = Σ e[t]·e[t−k] / T     S = γ(0) + 2·Σ k=1..L (1 − k/(L+1))·γ(k)     variance = S / (1 − r)²
 * </pre>
 *
 * with L = ⌊4·(T/100)^(2/9)⌋. It is never less than the plain variance: values that swing to and fro are not counted as more
 * than they are.
 */
public final class LongRunVariance {
  private static final double MOST = 0.97;

  private LongRunVariance() {}

  /**
   * Estimates it from the first values of an array.
   *
   * @param values finite
   * @param count how many of them, from 0
   * @return not negative; {@code NaN} for fewer than three values
   */
  public static double of(double[] values, int count) {
    if (count < 3) {
      return Double.NaN;
    }
    double mean = 0;
    for (int t = 0; t < count; t++) {
      mean += (values[t] - mean) / (t + 1);
    }
    double squares = 0;
    double neighbours = 0;
    for (int t = 0; t < count; t++) {
      double x = values[t] - mean;
      squares += x * x;
      neighbours += t == 0 ? 0 : x * (values[t - 1] - mean);
    }
    if (!(squares > 0)) {
      return 0;
    }
    double plain = squares / (count - 1);
    double r = neighbours / squares;
    r = Math.max(-MOST, Math.min(MOST, r + (1 + 3 * r) / count));
    double[] left = new double[count - 1];
    for (int t = 1; t < count; t++) {
      left[t - 1] = (values[t] - mean) - r * (values[t - 1] - mean);
    }
    int lag = Math.min(
        left.length - 1, (int) Math.floor(4 * StrictMath.pow(left.length / 100.0, 2 / 9.0)));
    double sum = products(left, 0);
    for (int k = 1; k <= lag; k++) {
      sum += 2 * (1 - k / (lag + 1.0)) * products(left, k);
    }
    return Math.max(plain, sum / left.length / ((1 - r) * (1 - r)));
  }

  private static double products(double[] x, int lag) {
    double sum = 0;
    for (int t = lag; t < x.length; t++) {
      sum += x[t] * x[t - lag];
    }
    return sum;
  }
}
