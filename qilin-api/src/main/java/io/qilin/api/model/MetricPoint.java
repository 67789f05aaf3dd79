package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.time.Instant;

/**
 * One value of a metric.
 *
 * @param key what is measured, for example {@code ic} or {@code valid/loss}: 1 to 250 letters, digits and {@code _ - . : /} or
 *     blanks
 * @param value any, {@code NaN} and infinities too; {@code -0.0} counts as {@code 0.0}
 * @param step how far the run had come, for example the number of the boosting round, from 0; points of one step keep the order
 *     in which they were logged
 * @param time when it was measured, cut to the millisecond; it may go back from one step to the next, as clocks do
 */
public record MetricPoint(String key, double value, long step, Instant time) {
  /**
   * Checks key, step and time.
   *
   * @throws QilinException INVALID_ARGUMENT naming the fault
   */
  public MetricPoint {
    TrackingText.key(key);
    if (step < 0) {
      throw QilinException.invalid("steps count from 0, was " + step);
    }
    time = TrackingText.time(time, "the time of a metric");
    value = value == 0 ? 0.0 : value;
  }
}
