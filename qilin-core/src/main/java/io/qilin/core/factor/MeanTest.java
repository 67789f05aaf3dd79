package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.core.internal.Normal;
import io.qilin.core.report.NumberText;
import java.util.Arrays;

/**
 * Whether the mean of a daily figure differs from zero, when neighbouring days are alike.
 *
 * <p>The t-statistic is the mean over its standard error of Newey and West (1987): with x the days' figures less their
 * mean, T days and lag L,
 *
 * <pre>
 * γ(k) = Σ x[t]·x[t−k] / T        S = γ(0) + 2·Σ k=1..L (1 − k/(L+1))·γ(k)        t = mean / √(S/T)
 * </pre>
 *
 * without a correction for small samples. The p-value is two-sided and normal. Days without a figure are left out and the
 * others close up.
 *
 * @param mean of the days; {@code NaN} without any
 * @param deviation standard deviation from day to day, ddof 1; {@code NaN} for fewer than two days
 * @param ratio mean over deviation, not annualised: the information ratio of an IC (ICIR)
 * @param standardError √(S/T), after Newey and West; 0 for figures that are all the same but for rounding, {@code NaN} for fewer
 *     than two days
 * @param tStatistic as above; {@code NaN} where the error is not known or zero, as for figures that are all the same but for
 *     rounding
 * @param pValue two-sided
 * @param lag L
 * @param days T
 */
public record MeanTest(
    double mean,
    double deviation,
    double ratio,
    double standardError,
    double tStatistic,
    double pValue,
    int lag,
    int days) {
  /** Figures that differ from their mean by no more of its last digits are one and the same. */
  private static final int ROUNDING = 8;

  /**
   * Tests the figures.
   *
   * @param figures one a day; those that are not finite are left out
   * @param lag L, not negative; cut to T − 1
   * @throws QilinException INVALID_ARGUMENT for a negative lag
   */
  public static MeanTest of(double[] figures, int lag) {
    if (lag < 0) {
      throw QilinException.invalid("a lag is a number of days, 0 or more, was " + lag);
    }
    double[] x = Arrays.stream(figures).filter(Double::isFinite).toArray();
    int days = x.length;
    double mean = Arrays.stream(x).average().orElse(Double.NaN);
    double most = 0;
    for (int t = 0; t < days; t++) {
      x[t] -= mean;
      most = Math.max(most, Math.abs(x[t]));
    }
    if (most <= ROUNDING * Math.ulp(mean)) {
      Arrays.fill(x, 0);
    }
    double squares = products(x, 0);
    double deviation = days < 2 ? Double.NaN : Math.sqrt(squares / (days - 1));
    int used = Math.max(0, Math.min(lag, days - 1));
    double variance = squares / days;
    for (int k = 1; k <= used; k++) {
      variance += 2 * (1 - k / (used + 1.0)) * products(x, k) / days;
    }
    double error = days < 2 || variance < 0 ? Double.NaN : Math.sqrt(variance / days);
    double t = error > 0 ? mean / error : Double.NaN;
    return new MeanTest(
        mean, deviation, ratio(mean, deviation), error, t, Normal.twoSided(t), used, days);
  }

  /**
   * Half the width of the interval around the mean in which the true mean lies with a given chance, by the same error and the
   * normal distribution: z·√(S/T). {@code NaN} where the error is not known.
   *
   * @param confidence between 0 and 1, for example 0.95
   * @throws QilinException INVALID_ARGUMENT outside of that
   */
  public double halfWidth(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw QilinException.invalid("a confidence lies between 0 and 1, was " + confidence);
    }
    return Normal.quantile((1 + confidence) / 2) * standardError;
  }

  /**
   * The lag unless one is given: ⌊4·(T/100)^(2/9)⌋ as Newey and West (1994) suggest, and one for each day by which the
   * outcomes of neighbouring days overlap.
   *
   * @param days T, not negative
   * @param horizon days that an outcome spans, at least 1
   */
  public static int lag(int days, int horizon) {
    return (int) Math.floor(4 * StrictMath.pow(days / 100.0, 2 / 9.0)) + horizon - 1;
  }

  /** For example {@code +0.0040, t +0.71 (lag 5, 478 days), p 0.4752}. */
  @Override
  public String toString() {
    return NumberText.signed(mean, 4) + ", t " + NumberText.signed(tStatistic, 2) + " (lag " + lag
        + ", " + days + (days == 1 ? " day" : " days") + "), p " + NumberText.fixed(pValue, 4);
  }

  private static double ratio(double mean, double deviation) {
    return deviation > 0 ? mean / deviation : Double.NaN;
  }

  private static double products(double[] x, int lag) {
    double sum = 0;
    for (int t = lag; t < x.length; t++) {
      sum += x[t] * x[t - lag];
    }
    return sum;
  }
}
