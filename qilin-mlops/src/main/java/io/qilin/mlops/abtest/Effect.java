package io.qilin.mlops.abtest;

import java.util.Objects;

/**
 * What is known of one arm against the control.
 *
 * @param metric what was measured
 * @param arm the arm's name
 * @param sample observations of the smaller side; days for profit
 * @param estimate of the effect, above 0 if the arm is better; {@code NaN} before there is one
 * @param lower end of the interval; the true effect has been in every interval so far with the plan's confidence
 * @param upper end of the interval
 * @param standing what follows
 */
public record Effect(
    TestMetric metric,
    String arm,
    long sample,
    double estimate,
    double lower,
    double upper,
    Standing standing) {
  /** How an arm stands against the control. */
  public enum Standing {
    /** Fewer observations or days than the plan's least; the interval is not used. */
    TOO_FEW,
    /** Nothing shown yet. */
    OPEN,
    /** Shown to be better: the interval lies above 0. */
    BETTER,
    /** Shown to be worse: the interval lies below 0; for a guard below − margin. */
    WORSE,
    /** Shown to differ by no more than the margin; for a guard, to be no worse than that. */
    SAME
  }

  /** Checks. */
  public Effect {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(arm, "arm");
    Objects.requireNonNull(standing, "standing");
  }
}
