package io.qilin.core.performance;

import io.qilin.api.error.QilinException;

/**
 * How many strategies were tried until one was shown, and how far their Sharpe ratios lie apart. Who shows the best of many
 * and does not say so shows luck.
 *
 * @param trials all of them: those that failed and those of earlier sessions too; at least 1
 * @param sharpeVariance variance (ddof 1) of the trials' Sharpe ratios per day; {@code NaN} if it is not known
 */
public record TrialCount(int trials, double sharpeVariance) {
  /** One trial, nothing to correct. */
  public static final TrialCount ONE = new TrialCount(1, Double.NaN);

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for no trial or a variance that is negative or infinite
   */
  public TrialCount {
    if (trials < 1) {
      throw QilinException.invalid("trials count the one that is shown: 1 or more, was " + trials);
    }
    if (sharpeVariance < 0 || Double.isInfinite(sharpeVariance)) {
      throw QilinException.invalid("a variance is 0 or more and finite, was " + sharpeVariance);
    }
  }
}
