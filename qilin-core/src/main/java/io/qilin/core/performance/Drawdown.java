package io.qilin.core.performance;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * A time below an earlier peak.
 *
 * @param depth how far it went down at most: a negative fraction
 * @param peak the last day at the peak; empty if it fell from the first day on
 * @param trough the first day at the lowest level
 * @param recovery the first day back at the peak or above; empty if that was not reached
 * @param fallDays trading days from the peak to the trough
 * @param days trading days from the peak to the recovery, or to the end of the series
 */
public record Drawdown(
    double depth,
    Optional<LocalDate> peak,
    LocalDate trough,
    Optional<LocalDate> recovery,
    int fallDays,
    int days) {
  /** Checks that every part is there. */
  public Drawdown {
    Objects.requireNonNull(peak, "peak");
    Objects.requireNonNull(trough, "trough");
    Objects.requireNonNull(recovery, "recovery");
  }
}
