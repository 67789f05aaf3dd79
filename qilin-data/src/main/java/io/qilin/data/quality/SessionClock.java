package io.qilin.data.quality;

import io.qilin.api.market.TradingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Time as the exchanges of the mainland see it: sessions end at 15:00 in Asia/Shanghai. */
final class SessionClock {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final LocalTime CLOSE = LocalTime.of(15, 0);

  private SessionClock() {}

  /** The date in Shanghai. */
  static LocalDate today(Instant now) {
    return now.atZone(SHANGHAI).toLocalDate();
  }

  /** The last session that has ended; empty if the calendar cannot tell. */
  static Optional<LocalDate> lastEnded(TradingCalendar calendar, Instant now) {
    LocalDate today = today(now);
    if (today.isBefore(calendar.knownFrom()) || today.isAfter(calendar.knownUntil())) {
      return Optional.empty();
    }
    List<LocalDate> days = calendar.days();
    int at = java.util.Collections.binarySearch(days, today);
    int last = at < 0 ? -at - 2 : now.isBefore(end(today)) ? at - 1 : at;
    return last < 0 ? Optional.empty() : Optional.of(days.get(last));
  }

  /** The first session after a day, which the calendar knows. */
  static Optional<LocalDate> after(TradingCalendar calendar, LocalDate day) {
    List<LocalDate> days = calendar.days();
    int at = java.util.Collections.binarySearch(days, day);
    int next = at < 0 ? -at - 1 : at + 1;
    return next < days.size() ? Optional.of(days.get(next)) : Optional.empty();
  }

  /** How long ago the session of that day ended. */
  static Duration sinceEnd(LocalDate day, Instant now) {
    return Duration.between(end(day), now);
  }

  private static Instant end(LocalDate day) {
    return day.atTime(CLOSE).atZone(SHANGHAI).toInstant();
  }
}
