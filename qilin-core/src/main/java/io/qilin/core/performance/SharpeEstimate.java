package io.qilin.core.performance;

import io.qilin.api.error.QilinException;
import io.qilin.core.internal.Normal;

/**
 * A Sharpe ratio and how sure one may be of it, after Bailey and López de Prado, "The Sharpe ratio efficient frontier",
 * Journal of Risk 15 (2012). All ratios here are per period (day), not annual: divide an annual one by the root of the
 * days of a year.
 *
 * @param ratio mean over standard deviation (ddof 1) of the returns beyond the risk-free rate; {@code NaN} if they do not
 *     vary or there are fewer than two
 * @param skewness of the returns; 0 for normal ones
 * @param kurtosis of the returns; 3 for normal ones
 * @param periods how many returns
 */
public record SharpeEstimate(double ratio, double skewness, double kurtosis, int periods) {
  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for a negative number of periods
   */
  public SharpeEstimate {
    if (periods < 0) {
      throw QilinException.invalid("a number of periods is 0 or more, was " + periods);
    }
  }

  /**
   * Estimates.
   *
   * @param returns beyond the risk-free rate, one a period; those that are {@code NaN} are left out
   */
  public static SharpeEstimate of(ReturnSeries returns) {
    return of(Moments.of(returns.known().values()));
  }

  static SharpeEstimate of(Moments moments) {
    return new SharpeEstimate(
        moments.ratio(), moments.skewness(), moments.kurtosis(), moments.count());
  }

  /**
   * The standard error of the ratio: √((1 − γ3·SR + (γ4 − 1)/4·SR²) / (n − 1)). {@code NaN} if it is not known.
   */
  public double standardError() {
    return periods < 2 ? Double.NaN : Math.sqrt(spread() / (periods - 1));
  }

  /**
   * Probabilistic Sharpe ratio: the chance that the true ratio is above a threshold, Φ((SR − SR*) / standard error).
   * {@code NaN} if it is not known.
   *
   * @param threshold SR*, per period
   */
  public double probabilityAbove(double threshold) {
    double error = standardError();
    return error > 0 ? Normal.below((ratio - threshold) / error) : Double.NaN;
  }

  /**
   * Minimum track record length: how many periods it takes until the true ratio is above a threshold with the confidence
   * given, 1 + (1 − γ3·SR + (γ4 − 1)/4·SR²)·(Φ⁻¹(confidence) / (SR − SR*))². Infinite if the ratio is not above the
   * threshold, {@code NaN} if it is not known.
   *
   * @param threshold SR*, per period
   * @param confidence in [0.5, 1), usually 0.95
   * @throws QilinException INVALID_ARGUMENT for a confidence outside that range
   */
  public double minimumPeriods(double threshold, double confidence) {
    if (!(confidence >= 0.5 && confidence < 1)) {
      throw QilinException.invalid("a confidence is in [0.5, 1), was " + confidence);
    }
    if (ratio <= threshold) {
      return Double.POSITIVE_INFINITY;
    }
    double distance = Normal.quantile(confidence) / (ratio - threshold);
    return 1 + spread() * distance * distance;
  }

  /** Variance of the estimate times n − 1; cannot be negative, as a kurtosis is at least 1 + skewness². */
  private double spread() {
    return Math.max(0, 1 - skewness * ratio + (kurtosis - 1) / 4 * ratio * ratio);
  }
}
