package io.qilin.core.backtest;

import java.time.LocalDate;
import java.util.List;

/** Steps over the days of the data. */
final class Calendars {
  private Calendars() {}

  /** The trading day after a day; after the last one the day that follows it in the year. */
  static LocalDate next(List<LocalDate> days, int day) {
    return day + 1 < days.size() ? days.get(day + 1) : days.get(day).plusDays(1);
  }
}
