package io.qilin.core.performance;

import java.util.Arrays;

/**
 * The account beside its benchmark, over the days on which both returns are known; {@code NaN} where a figure is not
 * defined, and all of them without such a day.
 *
 * @param days how many
 * @param totalReturn the benchmark's return of the whole time
 * @param annualReturn the benchmark's return of a year
 * @param activeReturn annual return of the account less that of the benchmark
 * @param trackingError standard deviation a year of the daily differences
 * @param informationRatio mean over deviation of the daily differences, a year
 * @param beta covariance over the benchmark's variance
 * @param alpha what is left of the mean, a year, when beta times the benchmark is taken out
 * @param correlation of the daily returns
 */
public record BenchmarkFigures(
    int days,
    double totalReturn,
    double annualReturn,
    double activeReturn,
    double trackingError,
    double informationRatio,
    double beta,
    double alpha,
    double correlation) {
  /**
   * The figures.
   *
   * @param returns none {@code NaN}
   * @param benchmark as long; {@code NaN} where not known
   */
  static BenchmarkFigures of(
      double[] returns, double[] benchmark, Compounding compounding, double year, double riskFree) {
    int days = (int) Arrays.stream(benchmark).filter(b -> !Double.isNaN(b)).count();
    double[] r = new double[days];
    double[] b = new double[days];
    double[] active = new double[days];
    int at = 0;
    for (int i = 0; i < returns.length; i++) {
      if (!Double.isNaN(benchmark[i])) {
        r[at] = returns[i];
        b[at] = benchmark[i];
        active[at] = returns[i] - benchmark[i];
        at++;
      }
    }
    double annual = compounding.annual(b, year);
    Moments difference = Moments.of(active);
    Moments own = Moments.of(r);
    Moments other = Moments.of(b);
    double product = 0;
    for (int i = 0; i < days; i++) {
      product += (r[i] - own.mean()) * (b[i] - other.mean());
    }
    double covariance = product / (days - 1);
    double beta =
        other.deviation() > 0 ? covariance / (other.deviation() * other.deviation()) : Double.NaN;
    return new BenchmarkFigures(
        days,
        days == 0 ? Double.NaN : compounding.total(b),
        annual,
        compounding.annual(r, year) - annual,
        difference.deviation() * Math.sqrt(year),
        difference.ratio() * Math.sqrt(year),
        beta,
        (own.mean() - riskFree - beta * (other.mean() - riskFree)) * year,
        own.deviation() > 0 && other.deviation() > 0
            ? covariance / (own.deviation() * other.deviation())
            : Double.NaN);
  }
}
