package io.qilin.mlops.abtest;

/** What is measured. Of each an effect above 0 means that the arm is better than the control. */
public enum TestMetric {
  /** Whether a call was right: 1, or 0, or a share between. The effect is the difference of the means. */
  ACCURACY,
  /**
   * How long a call took, a positive number in any unit that all arms share. Times are skewed, so their logarithms are compared:
   * the effect is the logarithm of the ratio of the geometric means, control over arm. 0.1 means that the control takes about
   * 10 % longer.
   */
  LATENCY,
  /** The profit or return of a trading day, one number an arm. The effect is the mean of the paired differences of days. */
  PROFIT
}
