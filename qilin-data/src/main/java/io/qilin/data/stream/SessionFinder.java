package io.qilin.data.stream;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the session of a moment; remembers the last answer and the last day. One thread at a time. */
final class SessionFinder {
  private static final long NONE = Long.MAX_VALUE;

  private final StreamSessions sessions;
  private final WindowSpec spec;
  private @Nullable OpenSession last;
  private @Nullable LocalDate day;
  private List<StreamSession> ofDay = List.of();
  private long midnight;

  /** The last stretch that no session holds, so that a flood of such records costs no search. */
  private long breakStart = NONE;

  private long breakEnd = NONE;

  SessionFinder(StreamSessions sessions, WindowSpec spec) {
    this.sessions = sessions;
    this.spec = spec;
  }

  /** The session that holds the moment, or null if there is none. */
  @Nullable
  OpenSession find(long time) {
    OpenSession known = last;
    if (known != null && known.holds(time)) {
      return known;
    }
    if (time >= breakStart && time < breakEnd) {
      return null;
    }
    return search(time);
  }

  private @Nullable OpenSession search(long time) {
    Instant moment = EpochNanos.instant(time);
    LocalDate date = StreamSessions.date(moment);
    if (!date.equals(day)) {
      ofDay = sessions.on(date);
      day = date;
      midnight = EpochNanos.of(StreamSessions.midnight(date.plusDays(1)));
    }
    long before = Long.MIN_VALUE;
    for (int i = 0; i < ofDay.size(); i++) {
      StreamSession next = i + 1 < ofDay.size() ? ofDay.get(i + 1) : null;
      OpenSession session = OpenSession.of(ofDay.get(i), next, midnight, spec);
      if (session.holds(time)) {
        last = session;
        return session;
      }
      if (time < session.start) {
        if (before != Long.MIN_VALUE) {
          breakStart = before;
          breakEnd = session.start;
        }
        return null;
      }
      before = session.closed;
    }
    return null;
  }
}
