package io.qilin.data.stream;

import io.qilin.core.rules.SessionPhase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A window that is complete: what each instrument did in it. A value, the same bits in whatever order the records came.
 *
 * @param phase what the market did meanwhile
 * @param sessionStart first moment of the session that it is part of
 * @param number its number in the session, from 0
 * @param start first moment
 * @param end first moment after it
 * @param cut whether the session made it shorter than others
 * @param aggregates of the instruments with records, in their order
 * @param anomalies what was odd, in the order of the instruments, then of the rules
 */
public record ClosedWindow(
    SessionPhase phase,
    Instant sessionStart,
    long number,
    Instant start,
    Instant end,
    boolean cut,
    List<WindowAggregate> aggregates,
    List<Anomaly> anomalies) {
  /** Copies the lists. */
  public ClosedWindow {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(sessionStart, "sessionStart");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(end, "end");
    aggregates = List.copyOf(aggregates);
    anomalies = List.copyOf(anomalies);
  }

  /** Names the window among all of a stream: {@code 2024-01-02T01:30:00Z#1}. */
  public String id() {
    return sessionStart + "#" + number;
  }
}
