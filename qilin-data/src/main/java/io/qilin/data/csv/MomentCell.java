package io.qilin.data.csv;

import io.qilin.data.internal.CellException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and prints moments and times of the day, to the nanosecond. */
final class MomentCell {
  private static final long SECOND = 1_000_000_000L;
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Pattern MOMENT =
      Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}"
          + "(?:\\.[0-9]{1,9})?)?) ?(Z|[+-][0-9]{2}:?[0-9]{2})?");
  private static final Pattern TIME =
      Pattern.compile("[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?");

  private MomentCell() {}

  /** Nanoseconds since 1970-01-01T00:00Z. */
  static long moment(String text) throws CellException {
    Matcher parts = MOMENT.matcher(text);
    if (!parts.matches()) {
      throw new CellException("not a moment like 2024-01-31T01:30:00Z or 2024-01-31 09:30:00");
    }
    try {
      LocalDateTime local = LocalDateTime.parse(parts.group(1) + "T" + parts.group(2));
      String offset = parts.group(3);
      Instant instant = offset == null
          ? local.atZone(SHANGHAI).toInstant()
          : local.toInstant(ZoneOffset.of(offset));
      return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    } catch (DateTimeException e) {
      throw new CellException("a moment that the calendar or the clock does not have");
    } catch (ArithmeticException e) {
      throw new CellException("outside the years 1677 to 2262, which nanoseconds can count");
    }
  }

  /** Prints what {@link #moment} reads. */
  static String moment(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND))
        .toString();
  }

  /** Nanoseconds since midnight. */
  static long time(String text) throws CellException {
    if (!TIME.matcher(text).matches()) {
      throw new CellException("not a time of the day like 09:30:00");
    }
    try {
      return LocalTime.parse(text).toNanoOfDay();
    } catch (DateTimeException e) {
      throw new CellException("a time that the clock does not have");
    }
  }

  /**
   * Prints what {@link #time} reads.
   *
   * @throws DateTimeException for a time outside the day
   */
  static String time(long nanos) {
    return LocalTime.ofNanoOfDay(nanos).toString();
  }
}
