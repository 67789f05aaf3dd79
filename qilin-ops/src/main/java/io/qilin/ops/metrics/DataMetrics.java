package io.qilin.ops.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.qilin.api.error.ErrorCode;
import io.qilin.ops.internal.Nanos;
import java.time.Duration;
import java.util.List;

/**
 * Records what sources of data do: {@link QilinMeter#DATA_QUALITY}, {@link QilinMeter#DATA_FETCH_ERRORS} and, for a chain of
 * sources, {@link QilinMeter#DATA_ANSWERS}, {@link QilinMeter#DATA_ATTEMPTS} and {@link QilinMeter#DATA_GUARD}. Thread-safe.
 */
public final class DataMetrics {
  private final MeterFamilies families;
  private final BoundedMeters<HeldValue> quality;
  private final BoundedMeters<Counter> errors;
  private final BoundedMeters<Counter> answers;
  private final BoundedMeters<Timer> attempts;
  private final BoundedMeters<Counter> guards;

  DataMetrics(MeterFamilies families) {
    this.families = families;
    this.quality = families.gauges(QilinMeter.DATA_QUALITY);
    this.errors = families.counters(QilinMeter.DATA_FETCH_ERRORS);
    this.answers = families.counters(QilinMeter.DATA_ANSWERS);
    this.attempts = families.timers(QilinMeter.DATA_ATTEMPTS);
    this.guards = families.counters(QilinMeter.DATA_GUARD);
  }

  /**
   * Shows the newest quality of a source's data.
   *
   * @param score overall, 0 to 1; NaN, not known, is counted as refused and the one before stays
   */
  public void quality(String source, double score) {
    families.show(QilinMeter.DATA_QUALITY, quality, List.of(source), score);
  }

  /** Counts a fetch that failed. */
  public void fetchFailed(String source, ErrorCode code) {
    errors.of(List.of(source, Codes.text(code))).increment();
  }

  /**
   * Counts a query that a chain answered.
   *
   * @param kind what was asked for, for example {@code bars}
   * @param source which member the answer is from
   * @param stale whether a kept copy stands for members that failed
   */
  public void answered(String kind, String source, boolean stale) {
    answers.of(List.of(kind, source, stale ? "stale" : "fresh")).increment();
  }

  /**
   * Times a member that was asked, or passed over, and did not serve.
   *
   * @param outcome what became of it, for example {@code TIMED_OUT}
   */
  public void passedOver(String source, String outcome, Duration took) {
    families.time(QilinMeter.DATA_ATTEMPTS, attempts, List.of(source, outcome), Nanos.of(took));
  }

  /**
   * Counts a change of a member's breaker.
   *
   * @param state what it is now: {@code CLOSED}, {@code HALF_OPEN} or {@code OPEN}
   */
  public void guardChanged(String source, String state) {
    guards.of(List.of(source, state)).increment();
  }
}
