package io.qilin.core.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which days of a time axis get a mark: the first ones of years, quarters, months or weeks, at most about eight. */
final class DateTicks {
  private static final int MOST = 8;

  private DateTicks() {}

  /** A marked day. */
  record Tick(int index, String label) {}

  static List<Tick> of(List<LocalDate> days) {
    int[] months = {1, 2, 3, 6, 12, 24, 60, 120};
    long span = monthOf(days.get(days.size() - 1)) - monthOf(days.get(0)) + 1;
    if (span <= 2) {
      return byDay(days);
    }
    for (int step : months) {
      if (span / step <= MOST || step == 120) {
        return byMonth(days, step);
      }
    }
    return List.of();
  }

  private static List<Tick> byDay(List<LocalDate> days) {
    List<Tick> ticks = new ArrayList<>();
    int step = Math.max(1, (days.size() + MOST - 1) / MOST);
    for (int i = 0; i < days.size(); i += step) {
      LocalDate day = days.get(i);
      ticks.add(new Tick(
          i, String.format(Locale.ROOT, "%02d-%02d", day.getMonthValue(), day.getDayOfMonth())));
    }
    return ticks;
  }

  private static List<Tick> byMonth(List<LocalDate> days, int step) {
    List<Tick> ticks = new ArrayList<>();
    long seen = monthOf(days.get(0)) / step;
    for (int i = 1; i < days.size(); i++) {
      long group = monthOf(days.get(i)) / step;
      if (group != seen) {
        seen = group;
        LocalDate day = days.get(i);
        boolean year = step >= 12 || day.getMonthValue() == 1;
        ticks.add(new Tick(
            i,
            year
                ? Integer.toString(day.getYear())
                : String.format(Locale.ROOT, "%d-%02d", day.getYear(), day.getMonthValue())));
      }
    }
    return ticks;
  }

  private static long monthOf(LocalDate day) {
    return day.getYear() * 12L + day.getMonthValue() - 1;
  }
}
