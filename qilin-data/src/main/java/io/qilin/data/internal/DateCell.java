package io.qilin.data.internal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * Reads the trading day of a cell: {@code yyyy-MM-dd}, {@code yyyyMMdd} or {@code yyyy/MM/dd}, also
 * with a midnight after it ({@code T00:00:00}, {@code  00:00:00.000}, {@code T00:00+08:00}), which
 * is how some programs print a date. Any other time of day is refused, since a minute bar is not a
 * daily bar. Days and months are checked against the calendar: 30 February is refused.
 */
public final class DateCell {
  private static final String FORMS = "not a date like 2024-01-31, 20240131 or 2024/01/31";

  private static final String OFFSET = "(Z|[+-][0-9]{2}:?[0-9]{2})?";
  private static final Pattern TIME =
      Pattern.compile("[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?" + OFFSET);
  private static final Pattern MIDNIGHT = Pattern.compile("[T ]00:00(:00(\\.0{1,9})?)?" + OFFSET);

  private DateCell() {}

  /**
   * The day in {@code text[from, to)}, which has no space around it.
   *
   * @return days since 1970-01-01
   * @throws CellException if it is no day
   */
  public static int parse(char[] text, int from, int to) throws CellException {
    int length = to - from;
    boolean compact = length >= 8 && digit(text[from + 4]);
    char separator = compact || length < 10 ? '-' : text[from + 4];
    int end = from + (compact ? 8 : 10);
    if (end > to || (separator != '-' && separator != '/')) {
      throw new CellException(FORMS);
    }
    if (!compact && (text[from + 4] != separator || text[from + 7] != separator)) {
      throw new CellException(FORMS);
    }
    int year = number(text, from, 4);
    int month = number(text, from + (compact ? 4 : 5), 2);
    int day = number(text, from + (compact ? 6 : 8), 2);
    if (end < to) {
      midnight(text, end, to);
    }
    if (year == 0) {
      throw new CellException("in the year 0, which does not exist");
    }
    try {
      return (int) LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      throw new CellException("a day that the calendar does not have");
    }
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(char[] text, int from, int length) throws CellException {
    int value = 0;
    for (int i = from; i < from + length; i++) {
      if (!digit(text[i])) {
        throw new CellException(FORMS);
      }
      value = value * 10 + (text[i] - '0');
    }
    return value;
  }

  /** Accepts {@code [T ]00:00[:00[.0…]]} with an optional offset, and nothing else. */
  private static void midnight(char[] text, int from, int to) throws CellException {
    String rest = new String(text, from, to - from);
    if (!TIME.matcher(rest).matches()) {
      throw new CellException(FORMS);
    }
    if (!MIDNIGHT.matcher(rest).matches()) {
      throw new CellException(
          "a time of day; this reader takes daily bars, one row an instrument and day");
    }
  }
}
