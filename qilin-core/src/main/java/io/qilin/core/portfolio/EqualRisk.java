package io.qilin.core.portfolio;

import io.qilin.api.error.QilinException;

/**
 * Weights of equal risk contribution: w_i·(Σw)_i is the same for every share. They are, up to a
 * factor, the minimum of ½ x'Σx − Σ ln x_i, which is found by Newton's method with damped steps; the
 * function is self-concordant, so that it converges from any start.
 *
 * <p>Source: S. Maillard, T. Roncalli and J. Teïletche, The properties of equally weighted risk
 * contribution portfolios, J. Portfolio Management 36 (2010); F. Spinu, An algorithm for computing
 * risk parity weights (2013).
 */
final class EqualRisk {
  private static final int MOST_STEPS = 500;
  /** Below this decrement Newton's full step stays inside and converges quadratically. */
  private static final double QUADRATIC = 0.25;

  private static final double REACHED = 1e-13;

  private EqualRisk() {}

  /**
   * Parts in proportion to the weights.
   *
   * @throws QilinException INVALID_ARGUMENT if some mix of the shares has no risk, so that there is
   *     no answer
   */
  static double[] parts(Covariance covariance) {
    int n = covariance.symbols().size();
    double[] scale = new double[n];
    double[] correlation = new double[n * n];
    for (int i = 0; i < n; i++) {
      scale[i] = Math.sqrt(covariance.value(i, i));
    }
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        correlation[i * n + j] = covariance.value(i, j) / scale[i] / scale[j];
      }
      x[i] = 1 / Math.sqrt(n);
    }
    for (int step = 0; step < MOST_STEPS; step++) {
      double decrement = advance(correlation, x);
      if (decrement <= REACHED) {
        for (int i = 0; i < n; i++) {
          x[i] /= scale[i];
        }
        return x;
      }
    }
    throw noAnswer();
  }

  /** Takes one step; gives the decrement before it, 0 where rounding allows no further one. */
  private static double advance(double[] correlation, double[] x) {
    int n = x.length;
    double[] hessian = correlation.clone();
    double[] downhill = Vectors.times(correlation, x);
    double worst = 0;
    for (int i = 0; i < n; i++) {
      worst = Math.max(worst, Math.abs(x[i] * downhill[i] - 1));
      hessian[i * n + i] += 1 / (x[i] * x[i]);
      downhill[i] = 1 / x[i] - downhill[i];
    }
    double[] step = Cholesky.of(hessian, n).orElseThrow(EqualRisk::noAnswer).solve(downhill);
    double decrement = Math.sqrt(Math.max(0, Vectors.dot(step, downhill)));
    double length = decrement > QUADRATIC ? 1 / (1 + decrement) : 1;
    for (int i = 0; i < n; i++) {
      x[i] += length * step[i];
    }
    return worst <= REACHED * n ? 0 : decrement;
  }

  private static QilinException noAnswer() {
    return QilinException.invalid("there are no weights of equal risk, as some mix of the shares"
        + " has no risk at all; shrink the covariance, or leave out shares that hedge one another"
        + " fully");
  }
}
