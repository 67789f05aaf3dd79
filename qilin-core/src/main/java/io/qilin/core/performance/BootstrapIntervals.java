package io.qilin.core.performance;

import java.util.Objects;

/**
 * Intervals of the main figures.
 *
 * @param annualReturn of the return of a year
 * @param sharpe of the Sharpe ratio a year
 * @param maxDrawdown of the deepest fall
 */
public record BootstrapIntervals(Interval annualReturn, Interval sharpe, Interval maxDrawdown) {
  /** Checks that every part is there. */
  public BootstrapIntervals {
    Objects.requireNonNull(annualReturn, "annualReturn");
    Objects.requireNonNull(sharpe, "sharpe");
    Objects.requireNonNull(maxDrawdown, "maxDrawdown");
  }

  static BootstrapIntervals of(
      ReturnSeries returns,
      StationaryBootstrap bootstrap,
      Compounding compounding,
      double year,
      double riskFree) {
    return new BootstrapIntervals(
        bootstrap.interval(returns, r -> compounding.annual(r, year)),
        bootstrap.interval(
            returns, r -> Moments.of(ReturnFigures.less(r, riskFree)).ratio() * Math.sqrt(year)),
        bootstrap.interval(returns, r -> DrawdownPath.deepest(r, compounding)));
  }
}
