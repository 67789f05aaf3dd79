package io.qilin.data.stream;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;

/**
 * When a window of an instrument is odd against its last windows: {@code z = (value − median) / max(MAD / 0.6745, spread)},
 * where the median and the median absolute deviation (MAD) are those of the last values before it, and {@code |z| >
 * threshold}. The constant makes MAD the standard deviation of normal values (Iglewicz and Hoaglin, How to Detect and
 * Handle Outliers, 1993). Values that are {@code NaN} are passed over and not remembered.
 *
 * <p>Each window in turn is judged, then remembered; windows overlap, so neighbours share half of their records.
 *
 * @param id names the rule in {@link Anomaly}
 * @param measure what is measured
 * @param threshold how many spreads from the median are odd, positive
 * @param spread the least spread, in the unit of the measure: below it a difference is of no interest
 * @param history how many values are remembered, 4 to 1,000
 * @param least how many there must be before any is judged, 3 to history
 */
public record AnomalyRule(
    String id, Measure measure, double threshold, double spread, int history, int least) {
  /** What is measured of a window. */
  public enum Measure {
    /** ln(close / close of the instrument's window before, in the same session). */
    LOG_RETURN,
    /** ln(1 + shares), of whole windows in continuous trading only. */
    LOG_VOLUME
  }

  /** Returns beyond 5 spreads of at least 5 basis points, and volumes beyond 5 of at least 10 %; 100 values, at least 20. */
  public static final List<AnomalyRule> STANDARD = List.of(
      new AnomalyRule("return", Measure.LOG_RETURN, 5, 0.0005, 100, 20),
      new AnomalyRule("volume", Measure.LOG_VOLUME, 5, 0.1, 100, 20));

  /**
   * Checks the numbers.
   *
   * @throws QilinException INVALID_ARGUMENT for one out of its range
   */
  public AnomalyRule {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(measure, "measure");
    if (!(threshold > 0) || !(spread > 0 && spread < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid("threshold and spread of the anomaly rule " + id
          + " are positive, were " + threshold + " and " + spread);
    }
    if (history < 4 || history > 1_000 || least < 3 || least > history) {
      throw QilinException.invalid("the anomaly rule " + id
          + " remembers 4 to 1000 values and judges from 3 to that many, were " + history + " and "
          + least);
    }
  }
}
