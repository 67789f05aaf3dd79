package io.qilin.ops.alert;

/**
 * A value of a metric.
 *
 * @param value in the metric's unit; one that is not finite counts as none
 * @param sample how many observations it is from
 */
public record Reading(double value, long sample) {
  /** A value from one observation. */
  public static Reading of(double value) {
    return new Reading(value, 1);
  }
}
