package io.qilin.core.risk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Arrays;
import java.util.Objects;

/**
 * How much is lost on a bad day: value at risk (VaR, 在险价值) and the mean of the days that are worse,
 * the expected shortfall (CVaR).
 *
 * <p><b>Sign: a loss is positive.</b> A VaR of 0.03 says that with the confidence c no more than 3 %
 * is lost; a negative VaR is a gain. With the mean μ and the deviation σ of the returns and z the
 * (1 − c) quantile of the standard normal distribution, which is negative, the normal VaR is −(μ + z
 * σ): the term of the deviation adds to the loss, a positive mean takes from it.
 *
 * <ul>
 *   <li>HISTORICAL: of n losses in ascending order the ⌈c n⌉-th, not interpolated; its shortfall is
 *       the mean over the worst (1 − c) n days, of which the last may count in part (Acerbi and
 *       Tasche 2002)
 *   <li>NORMAL: −(μ + z σ), and σ φ(z) / (1 − c) − μ
 *   <li>CORNISH_FISHER: z is replaced by z + (z² − 1) S / 6 + (z³ − 3 z) K / 24 − (2 z³ − 5 z) S² / 36
 *       (Cornish and Fisher 1938; Favre and Galeano 2002) with the skewness S and the excess kurtosis
 *       K of the sample; the shortfall is the mean of that quantile over the tail: σ φ(z) / (1 − c) ·
 *       (1 + z S / 6 + (z² − 1) K / 24 − (2 z² − 1) S² / 36) − μ. Of use for moderate S and K only:
 *       far from normal the expansion is no longer monotone in c
 * </ul>
 *
 * <p>σ is the sample deviation (n − 1), S and K are m₃ / m₂^1.5 and m₄ / m₂² − 3 of the central
 * moments (n). Immutable and safe to share.
 *
 * @param method how the tail is estimated
 * @param confidence c, from 0.5 up to but not 1, for example 0.95
 */
public record ValueAtRisk(Method method, double confidence) {
  /** How the tail is estimated. */
  public enum Method {
    /** From the returns themselves. */
    HISTORICAL,
    /** From mean and deviation, as if returns were normal. */
    NORMAL,
    /** As normal, corrected for skewness and kurtosis. */
    CORNISH_FISHER
  }

  /** The historical one at 95 %. */
  public static final ValueAtRisk HISTORICAL_95 = new ValueAtRisk(Method.HISTORICAL, 0.95);

  /**
   * Checks the confidence.
   *
   * @throws QilinException INVALID_CONFIGURATION if it is out of range
   */
  public ValueAtRisk {
    Objects.requireNonNull(method, "method");
    if (!(confidence >= 0.5 && confidence < 1)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "a confidence lies in [0.5, 1), for example 0.95; was " + confidence);
    }
  }

  /**
   * The value at risk of a series of returns, or of gains in yuan, in the unit of the series.
   *
   * @param returns one a day; {@code NaN} is left out, infinity is refused
   * @return a loss as a positive number; {@code NaN} for fewer than two known returns
   * @throws QilinException INVALID_ARGUMENT for an infinite return
   */
  public double of(double[] returns) {
    double[] known = known(returns);
    return known.length < 2 ? Double.NaN : tail(known.length).valueAtRisk(known);
  }

  /**
   * The expected shortfall of a series, as {@link #of}; for the historical and the normal method never
   * below the value at risk.
   */
  public double shortfall(double[] returns) {
    double[] known = known(returns);
    return known.length < 2 ? Double.NaN : tail(known.length).shortfall(known);
  }

  /** Prepared for series of one length. */
  Tail tail(int count) {
    return Tail.of(this, count);
  }

  private static double[] known(double[] returns) {
    for (double value : returns) {
      if (Double.isInfinite(value)) {
        throw QilinException.invalid("a return is a number or NaN, was " + value);
      }
    }
    return Arrays.stream(returns).filter(value -> !Double.isNaN(value)).toArray();
  }
}
