package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.rules.SessionPhase;
import org.jspecify.annotations.Nullable;

/** A session with what its windows need, in nanoseconds. */
final class OpenSession {
  /** No session of a checkpoint is longer: two days, as the longest day has 25 hours. */
  private static final long LONGEST = 48 * 3600 * 1_000_000_000L;

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

  /**
   * The session of a part that came from elsewhere.
   *
   * @throws QilinException DATA_FORMAT if there can be no such part
   */
  static OpenSession of(PanePart part, WindowSpec spec) {
    boolean possible = part.sessionStart < Long.MAX_VALUE - 4 * LONGEST
        && part.sessionEnd > part.sessionStart
        && part.sessionEnd <= part.sessionStart + LONGEST
        && part.sessionClosed >= part.sessionEnd
        && part.sessionClosed <= part.sessionEnd + EpochNanos.of(spec.grace());
    OpenSession session =
        new OpenSession(part.phase, part.sessionStart, part.sessionEnd, part.sessionClosed, spec);
    if (!possible || part.number < 0 || part.number >= session.panes) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "no session has this part with the windows " + spec + ": " + part);
    }
    return session;
  }

  void save(CheckpointWriter out) {
    out.text(phase.name());
    out.int64(start);
    out.int64(end);
    out.int64(closed);
  }

  static OpenSession load(CheckpointReader in, WindowSpec spec) {
    SessionPhase phase = in.constant("phase of a session", SessionPhase.class);
    long last = Long.MAX_VALUE - 4 * LONGEST;
    long start = in.int64("start of a session", Long.MIN_VALUE, last);
    long end = in.int64("end of a session", start + 1, start + LONGEST);
    long closed = in.int64("end of the grace of a session", end, end + EpochNanos.of(spec.grace()));
    return new OpenSession(phase, start, end, closed, spec);
  }

  long panes() {
    return panes;
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
