package io.qilin.security.access;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * Hours of certain days by the clocks of one zone; {@code to} is the first moment outside. If {@code from} is the later one, the
 * window goes on after midnight and belongs to the day on which it began.
 */
record TimeWindow(ZoneId zone, LocalTime from, LocalTime to, Set<DayOfWeek> days)
    implements Condition {
  TimeWindow {
    days = EnumSet.copyOf(days);
  }

  @Override
  public Truth test(AccessRequest request) {
    ZonedDateTime there = request.context().at().atZone(zone);
    LocalTime time = there.toLocalTime();
    DayOfWeek day = there.getDayOfWeek();
    boolean afterStart = !time.isBefore(from);
    boolean beforeEnd = time.isBefore(to);
    if (from.isBefore(to)) {
      return Truth.of(afterStart && beforeEnd && days.contains(day));
    }
    boolean tonight = afterStart && days.contains(day);
    boolean sinceYesterday = beforeEnd && days.contains(day.minus(1));
    return Truth.of(tonight || sinceYesterday);
  }
}
