package io.qilin.data.stream;

import io.qilin.core.rules.SessionPhase;
import org.jspecify.annotations.Nullable;

/** A session with what its windows need, in nanoseconds. */
final class OpenSession {
  final SessionPhase phase;
  final long start;
  final long end;

  /** First moment whose records do not belong to it any more. */
  final long closed;

  private final long slide;
  private final int panesOfWindow;
  private final long panes;

  private OpenSession(SessionPhase phase, long start, long end, long closed, WindowSpec spec) {
    this.phase = phase;
    this.start = start;
    this.end = end;
    this.closed = closed;
    this.slide = EpochNanos.of(spec.slide());
    this.panesOfWindow = spec.panes();
    this.panes = (end - start + slide - 1) / slide;
  }

  /**
   * Prepares a session.
   *
   * @param next the one after it on the same date, or null
   * @param midnight the end of its date, beyond which there is no grace
   */
  static OpenSession of(
      StreamSession session, @Nullable StreamSession next, long midnight, WindowSpec spec) {
    long end = EpochNanos.of(session.end());
    long closed = Math.min(end + EpochNanos.of(spec.grace()), Math.max(end, midnight));
    if (next != null) {
      closed = Math.min(closed, EpochNanos.of(next.start()));
    }
    return new OpenSession(session.phase(), EpochNanos.of(session.start()), end, closed, spec);
  }

  /** The session as a checkpoint has it. */
  static OpenSession saved(SessionPhase phase, long start, long end, long closed, WindowSpec spec) {
    return new OpenSession(phase, start, end, closed, spec);
  }

  boolean holds(long time) {
    return time >= start && time < closed;
  }

  /** The pane of a moment that the session holds. */
  long pane(long time) {
    return Math.min((time - start) / slide, panes - 1);
  }

  /** First moment of a pane. */
  long paneStart(long pane) {
    return start + pane * slide;
  }

  /** First moment after the records of a pane; the last pane has those of the grace too. */
  long paneEnd(long pane) {
    return pane == panes - 1 ? closed : start + (pane + 1) * slide;
  }

  /** The last window that has the pane. */
  long lastWindow(long pane) {
    return pane + panesOfWindow - 1;
  }

  long firstPane(long window) {
    return Math.max(0, window - panesOfWindow + 1);
  }

  long windowStart(long window) {
    return paneStart(firstPane(window));
  }

  long windowEnd(long window) {
    return Math.min(end, start + (window + 1) * slide);
  }

  /** Whether the session makes the window shorter than others. */
  boolean cut(long window) {
    return windowEnd(window) - windowStart(window) < panesOfWindow * slide;
  }

  /** When the watermark closes the window. */
  long due(long window) {
    return start + (window + 1) * slide < end ? windowEnd(window) : closed;
  }
}
