package io.qilin.agents.internal;

/**
 * Measures of the end of a series, oldest value first. Each is {@code NaN} if the series is too
 * short or a value that it needs is {@code NaN}. Sums run from the oldest value on.
 */
public final class Series {
  private Series() {}

  /** The mean of the last {@code count} values. */
  public static double mean(double[] values, int count) {
    if (values.length < count) {
      return Double.NaN;
    }
    double sum = 0;
    for (int k = values.length - count; k < values.length; k++) {
      sum += values[k];
    }
    return sum / count;
  }

  /** The value {@code ago} places before the last one. */
  public static double ago(double[] values, int ago) {
    return values.length <= ago ? Double.NaN : values[values.length - 1 - ago];
  }

  /**
   * The sample standard deviation (n − 1) of the last {@code count} natural-log returns; needs one
   * price more.
   *
   * @param prices positive prices
   */
  public static double volatility(double[] prices, int count) {
    if (prices.length <= count) {
      return Double.NaN;
    }
    double[] returns = new double[count];
    double sum = 0;
    for (int k = 0; k < count; k++) {
      int at = prices.length - count + k;
      returns[k] = StrictMath.log(prices[at] / prices[at - 1]);
      sum += returns[k];
    }
    double mean = sum / count;
    double squares = 0;
    for (double value : returns) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (count - 1));
  }

  /**
   * The largest fall from an earlier high of the series, as a fraction of that high: 0.25 for a
   * fall by a quarter.
   */
  public static double drawdown(double[] prices) {
    double high = Double.NEGATIVE_INFINITY;
    double worst = prices.length == 0 ? Double.NaN : 0;
    for (double price : prices) {
      high = Math.max(high, price);
      worst = Math.max(worst, 1 - price / high);
    }
    return worst;
  }
}
