package io.qilin.core.performance;

import io.qilin.api.error.QilinException;

/**
 * The five figures of Qlib's {@code risk_analysis}, with its 238 days a year, for comparison with a Qlib run. All are
 * {@code NaN} without any return that is known; returns that are {@code NaN} are left out.
 *
 * @param mean mean daily return
 * @param deviation standard deviation from day to day, ddof 1
 * @param annualReturn Qlib's {@code annualized_return}
 * @param informationRatio mean / deviation · √238; {@code NaN} if the returns do not vary
 * @param maxDrawdown 0 or negative
 */
public record RiskAnalysis(
    double mean,
    double deviation,
    double annualReturn,
    double informationRatio,
    double maxDrawdown) {
  private static final double YEAR = 238;

  /**
   * Qlib's mode {@code sum}: annual return mean · 238; drawdown sum of returns − highest sum so far.
   *
   * @param series returns, or returns less those of a benchmark
   */
  public static RiskAnalysis sum(ReturnSeries series) {
    double[] returns = series.known().values();
    Moments moments = Moments.of(returns);
    return new RiskAnalysis(
        moments.mean(),
        moments.deviation(),
        moments.mean() * YEAR,
        moments.ratio() * Math.sqrt(YEAR),
        returns.length == 0 ? Double.NaN : DrawdownPath.deepest(returns, Compounding.SUM));
  }

  /**
   * Qlib's mode {@code product}: mean is the geometric one, deviation that of ln(1 + r), information ratio mean / deviation
   * · √238; annual return wealth^(238/n) − 1; drawdown wealth / highest wealth so far − 1, from the first day on.
   *
   * @param series returns
   * @throws QilinException INVALID_ARGUMENT for a return of −1 or less, which has no logarithm
   */
  public static RiskAnalysis product(ReturnSeries series) {
    ReturnSeries known = series.known();
    double[] returns = known.values();
    int days = returns.length;
    double[] logs = new double[days];
    double wealth = 1;
    double highest = 0;
    double deepest = days == 0 ? Double.NaN : 0;
    for (int i = 0; i < days; i++) {
      if (returns[i] <= -1) {
        throw QilinException.invalid("the return of " + known.days().get(i) + " is " + returns[i]
            + ", which has no logarithm; use the mode sum");
      }
      logs[i] = StrictMath.log1p(returns[i]);
      wealth *= 1 + returns[i];
      highest = Math.max(highest, wealth);
      deepest = Math.min(deepest, wealth / highest - 1);
    }
    double mean = days == 0 ? Double.NaN : StrictMath.pow(wealth, 1.0 / days) - 1;
    double deviation = Moments.of(logs).deviation();
    return new RiskAnalysis(
        mean,
        deviation,
        days == 0 ? Double.NaN : StrictMath.pow(wealth, YEAR / days) - 1,
        deviation > 0 ? mean / deviation * Math.sqrt(YEAR) : Double.NaN,
        deepest);
  }
}
