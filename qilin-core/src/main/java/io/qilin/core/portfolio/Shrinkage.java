package io.qilin.core.portfolio;

import io.qilin.api.error.QilinException;

/**
 * Ways to estimate a covariance from few days. The sample covariance, with the mean taken out and
 * divided by the number of days, is pulled towards a target that has few numbers to estimate; how
 * far follows from the data.
 *
 * <p>With Σ̂ the sample covariance of p shares over n days, and m the mean variance:
 */
public enum Shrinkage {
  /** The sample covariance as it is; singular unless there are more days than shares. */
  NONE,
  /**
   * Towards m·I. O. Ledoit and M. Wolf, A well-conditioned estimator for large-dimensional
   * covariance matrices, J. Multivariate Analysis 88 (2004).
   */
  LEDOIT_WOLF_IDENTITY,
  /**
   * Towards the sample's variances with one correlation, the mean one. O. Ledoit and M. Wolf,
   * Honey, I shrunk the sample covariance matrix, J. Portfolio Management 30 (2004).
   */
  LEDOIT_WOLF_CONSTANT_CORRELATION,
  /**
   * Towards m·I by the oracle approximating formula, which assumes normal returns. Y. Chen, A.
   * Wiesel, Y. Eldar and A. Hero, Shrinkage algorithms for MMSE covariance estimation, IEEE Trans.
   * Signal Processing 58 (2010).
   */
  OAS;

  /**
   * The estimate.
   *
   * @throws QilinException INVALID_ARGUMENT if the window has no share
   */
  public ShrunkCovariance estimate(ReturnWindow window) {
    if (window.symbols().isEmpty()) {
      throw QilinException.invalid(
          "no share has enough returns for a covariance; left out: " + window.leftOut());
    }
    SampleCovariance sample = new SampleCovariance(window);
    return switch (this) {
      case NONE -> sample.towardsIdentity(0);
      case LEDOIT_WOLF_IDENTITY -> sample.towardsIdentity(sample.ledoitWolfIdentity());
      case LEDOIT_WOLF_CONSTANT_CORRELATION ->
        sample.towardsConstantCorrelation(sample.ledoitWolfConstantCorrelation());
      case OAS -> sample.towardsIdentity(sample.oracleApproximating());
    };
  }
}
