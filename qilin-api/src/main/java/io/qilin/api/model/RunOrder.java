package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.util.Optional;

/**
 * By what runs are sorted: by when they began, or by the last value of a metric. Runs for which that is not known come last.
 *
 * @param metric the key of the metric; empty means when they began
 * @param descending whether the greatest, or newest, comes first
 */
public record RunOrder(Optional<String> metric, boolean descending) {
  /** The run that began last comes first. */
  public static final RunOrder NEWEST = new RunOrder(Optional.empty(), true);

  /** The run that began first comes first. */
  public static final RunOrder OLDEST = new RunOrder(Optional.empty(), false);

  /**
   * Checks the key.
   *
   * @throws QilinException INVALID_ARGUMENT if it cannot be one
   */
  public RunOrder {
    metric.ifPresent(TrackingText::key);
  }

  /** The greatest value first. */
  public static RunOrder greatest(String metric) {
    return new RunOrder(Optional.of(metric), true);
  }

  /** The least value first. */
  public static RunOrder least(String metric) {
    return new RunOrder(Optional.of(metric), false);
  }
}
