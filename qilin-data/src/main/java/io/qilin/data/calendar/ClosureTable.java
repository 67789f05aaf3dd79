package io.qilin.data.calendar;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.TradingCalendar;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the list of closed weekdays: a line {@code known FIRST LAST}, then a line for every year of
 * that span with its closures, {@code MM-DD} or {@code MM-DD..MM-DD}. A year without a line is an
 * error: it would have no holidays.
 */
final class ClosureTable {
  private ClosureTable() {}

  static TradingCalendar parse(BufferedReader in) throws IOException {
    @Nullable LocalDate first = null;
    @Nullable LocalDate last = null;
    Set<LocalDate> closed = new HashSet<>();
    Set<Integer> years = new HashSet<>();
    int number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.strip().split(" +");
      try {
        if (words[0].equals("known")) {
          first = LocalDate.parse(words[1]);
          last = LocalDate.parse(words[2]);
        } else {
          years.add(Integer.valueOf(words[0]));
          for (String span : List.of(words).subList(1, words.length)) {
            close(words[0], span, closed);
          }
        }
      } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
        throw new QilinException(
            ErrorCode.DATA_FORMAT,
            "calendar line " + number + " cannot be read: " + QilinException.quote(line),
            e);
      }
    }
    if (first == null || last == null) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "the calendar lacks its line 'known FIRST LAST'");
    }
    for (int year = first.getYear(); year <= last.getYear(); year++) {
      if (!years.contains(year)) {
        throw new QilinException(ErrorCode.DATA_FORMAT, "the calendar lacks the year " + year);
      }
    }
    List<LocalDate> days = first
        .datesUntil(last.plusDays(1))
        .filter(day -> !isWeekend(day) && !closed.contains(day))
        .toList();
    return TradingCalendar.of(days, first, last);
  }

  private static void close(String year, String span, Set<LocalDate> closed) {
    String[] ends = span.split("\\.\\.", -1);
    LocalDate from = LocalDate.parse(year + "-" + ends[0]);
    LocalDate to = LocalDate.parse(year + "-" + ends[ends.length - 1]);
    if (ends.length > 2 || to.isBefore(from)) {
      throw new DateTimeException("not a span of days");
    }
    from.datesUntil(to.plusDays(1)).forEach(closed::add);
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }
}
