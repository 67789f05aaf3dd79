package io.qilin.core.performance;

/**
 * Figures of the returns alone; {@code NaN} where one is not defined.
 *
 * @param days how many returns are known
 * @param total return of the whole time
 * @param annual return of a year
 * @param volatility standard deviation a year
 * @param sharpe Sharpe ratio a year
 * @param sortino Sortino ratio a year
 * @param maxDrawdown 0 or negative
 * @param calmar annual return over the size of the drawdown
 * @param hitRate part of the days with a gain
 */
record ReturnFigures(
    int days,
    double total,
    double annual,
    double volatility,
    double sharpe,
    double sortino,
    double maxDrawdown,
    double calmar,
    double hitRate) {
  /**
   * The figures.
   *
   * @param returns none of them {@code NaN}
   * @param year trading days of a year
   * @param riskFree rate of one day
   */
  static ReturnFigures of(double[] returns, Compounding compounding, double year, double riskFree) {
    double root = Math.sqrt(year);
    double downside = 0;
    int gains = 0;
    for (double r : returns) {
      double below = Math.min(0, r - riskFree);
      downside += below * below;
      gains += r > 0 ? 1 : 0;
    }
    double semi = Math.sqrt(downside / returns.length);
    Moments excess = Moments.of(less(returns, riskFree));
    double annual = compounding.annual(returns, year);
    double deepest = DrawdownPath.deepest(returns, compounding);
    return new ReturnFigures(
        returns.length,
        compounding.total(returns),
        annual,
        excess.deviation() * root,
        excess.ratio() * root,
        semi > 0 ? excess.mean() / semi * root : Double.NaN,
        deepest,
        deepest < 0 ? annual / -deepest : Double.NaN,
        (double) gains / returns.length);
  }

  /** The returns beyond a daily rate. */
  static double[] less(double[] returns, double rate) {
    double[] excess = returns.clone();
    for (int i = 0; i < excess.length; i++) {
      excess[i] -= rate;
    }
    return excess;
  }
}
