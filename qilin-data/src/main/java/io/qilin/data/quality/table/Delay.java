package io.qilin.data.quality.table;

import io.qilin.api.market.TradingCalendar;
import io.qilin.data.table.ColumnType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** By how much a newest row is behind the moment of judging. Immutable. */
final class Delay {
  private static final LocalTime[][] SESSIONS = {
    {LocalTime.of(9, 30), LocalTime.of(11, 30)}, {LocalTime.of(13, 0), LocalTime.of(15, 0)}
  };

  private final ColumnType type;
  private final Instant now;
  private final LocalDate today;
  private final List<LocalDate> sessions;

  /** The calendar counts only if it knows the day of judging. */
  Delay(ColumnType type, Instant now, Optional<TradingCalendar> calendar) {
    this.type = type;
    this.now = now;
    this.today = now.atZone(Moments.SHANGHAI).toLocalDate();
    this.sessions = calendar
        .filter(known -> !today.isBefore(known.knownFrom()) && !today.isAfter(known.knownUntil()))
        .map(TradingCalendar::days)
        .orElse(List.of());
  }

  /** The score of a delay, in tenths. */
  static int tenths(double seconds) {
    return seconds < 60 ? 10 : seconds < 300 ? 8 : seconds < 900 ? 5 : 2;
  }

  static String text(double seconds) {
    Duration delay = Duration.ofSeconds((long) seconds);
    return delay.toDays() > 0 ? delay.toDays() + " days" : delay.toSeconds() + " s";
  }

  double seconds(long newest) {
    return type == ColumnType.DATE ? ofDay(newest) : ofMoment(Moments.instant(newest));
  }

  private double ofDay(long newest) {
    LocalDate day = LocalDate.ofEpochDay(newest);
    int next = firstAfter(day);
    if (!sessions.isEmpty() && next == sessions.size()) {
      return 0;
    }
    LocalDate due = sessions.isEmpty() ? day.plusDays(1) : sessions.get(next);
    return Math.max(0, Duration.between(Moments.close(due), now).toSeconds());
  }

  private double ofMoment(Instant newest) {
    if (sessions.isEmpty()) {
      return Math.max(0, Duration.between(newest, now).toSeconds());
    }
    LocalDate day = newest.atZone(Moments.SHANGHAI).toLocalDate();
    double seconds = 0;
    for (int i = firstAfter(day.minusDays(1));
        i < sessions.size() && !sessions.get(i).isAfter(today);
        i++) {
      for (LocalTime[] session : SESSIONS) {
        seconds += overlap(sessions.get(i), session, newest);
      }
    }
    return seconds;
  }

  private double overlap(LocalDate day, LocalTime[] session, Instant newest) {
    Instant start = day.atTime(session[0]).atZone(Moments.SHANGHAI).toInstant();
    Instant end = day.atTime(session[1]).atZone(Moments.SHANGHAI).toInstant();
    Instant from = newest.isAfter(start) ? newest : start;
    Instant to = now.isBefore(end) ? now : end;
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }

  private int firstAfter(LocalDate day) {
    int at = Collections.binarySearch(sessions, day);
    return at < 0 ? -at - 1 : at + 1;
  }
}
