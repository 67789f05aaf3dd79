package io.qilin.core.backtest;

import java.util.Arrays;

/**
 * Qlib's figures of a series of daily returns, {@code risk_analysis} of Qlib 0.9.7. The two ways of
 * adding returns up differ in every figure, so they have a factory method each. {@code NaN} returns
 * are left out, as pandas does.
 *
 * @param mean mean return a day
 * @param std standard deviation of a day (divisor n − 1); {@code NaN} with fewer than two returns
 * @param annualizedReturn return of {@value #DAYS_A_YEAR} days
 * @param informationRatio mean / std × √{@value #DAYS_A_YEAR}
 * @param maxDrawdown deepest fall below the highest point before, 0 or negative
 */
public record QlibRisk(
    double mean, double std, double annualizedReturn, double informationRatio, double maxDrawdown) {
  /** Trading days in Qlib's year. */
  public static final int DAYS_A_YEAR = 238;

  /**
   * Mode {@code sum}: returns are added. Annualised return = mean × 238; the drawdown is that of
   * the running sum.
   *
   * @param returns daily returns as fractions
   * @return all {@code NaN} without any return
   */
  public static QlibRisk sum(double[] returns) {
    double[] known = known(returns);
    double mean = mean(known);
    double std = std(known, mean);
    double total = 0;
    double top = Double.NEGATIVE_INFINITY;
    double drawdown = known.length == 0 ? Double.NaN : 0;
    for (double value : known) {
      total += value;
      top = Math.max(top, total);
      drawdown = Math.min(drawdown, total - top);
    }
    return of(mean, std, mean * DAYS_A_YEAR, drawdown);
  }

  /**
   * Mode {@code product}: returns are compounded. The mean is the geometric one, the deviation that
   * of ln(1 + r), annualised return = growth<sup>238/n</sup> − 1; the drawdown is a fraction of the
   * highest point.
   *
   * @param returns daily returns as fractions
   * @return all {@code NaN} without any return; {@code NaN} or infinite after a loss of everything
   */
  public static QlibRisk product(double[] returns) {
    double[] known = known(returns);
    double growth = 1;
    double top = Double.NEGATIVE_INFINITY;
    double drawdown = known.length == 0 ? Double.NaN : 0;
    double[] logs = new double[known.length];
    for (int i = 0; i < known.length; i++) {
      growth *= 1 + known[i];
      logs[i] = Math.log(1 + known[i]);
      top = Math.max(top, growth);
      drawdown = Math.min(drawdown, growth / top - 1);
    }
    double n = known.length == 0 ? Double.NaN : known.length;
    double mean = Math.pow(growth, 1 / n) - 1;
    return of(mean, std(logs, mean(logs)), Math.pow(growth, DAYS_A_YEAR / n) - 1, drawdown);
  }

  private static QlibRisk of(double mean, double std, double annualized, double drawdown) {
    return new QlibRisk(mean, std, annualized, mean / std * Math.sqrt(DAYS_A_YEAR), drawdown);
  }

  private static double[] known(double[] returns) {
    return Arrays.stream(returns).filter(value -> !Double.isNaN(value)).toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double std(double[] values, double mean) {
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
  }
}
