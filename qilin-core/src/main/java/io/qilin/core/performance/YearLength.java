package io.qilin.core.performance;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.TradingCalendar;
import io.qilin.core.report.NumberText;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** How many trading days make a year, by which daily figures are made annual ones. */
@FunctionalInterface
public interface YearLength {
  /** Trading days of a usual year of the Shanghai exchange: 242 to 245 in nearly every year since 2005. */
  double USUAL = 243;

  /** Calendar days that a series must span before its own days are counted. */
  int SHORTEST_SPAN = 360;

  /**
   * A number of days and where it comes from.
   *
   * @param days trading days of a year, positive
   * @param convention one clause for the reader of a report
   */
  record Days(double days, String convention) {
    /**
     * Checks.
     *
     * @throws QilinException INVALID_ARGUMENT unless days are positive and finite
     */
    public Days {
      Objects.requireNonNull(convention, "convention");
      if (!(days > 0) || Double.isInfinite(days)) {
        throw QilinException.invalid(
            "a year has a positive number of trading days, for example 243, was " + days);
      }
    }
  }

  /**
   * The length of a year for a series.
   *
   * @param days the days of the series, ascending, at least one
   */
  Days of(List<LocalDate> days);

  /**
   * A fixed number: Qlib takes 238, others 252.
   *
   * @throws QilinException INVALID_ARGUMENT unless positive and finite
   */
  static YearLength fixed(double days) {
    Days fixed = new Days(days, NumberText.fixed(days, 0) + " days a year as given");
    return series -> fixed;
  }

  /**
   * Counted in the series itself: (n − 1) · 365.2425 / (calendar days from the first to the last). A series that spans
   * less than {@value #SHORTEST_SPAN} calendar days has the usual {@value #USUAL}.
   */
  static YearLength counted() {
    return YearLength::count;
  }

  /**
   * The mean of the years that the series touches and of which the calendar knows every day; as {@link #counted} if there
   * is no such year.
   */
  static YearLength ofCalendar(TradingCalendar calendar) {
    Objects.requireNonNull(calendar, "calendar");
    return series -> {
      int years = 0;
      int days = 0;
      int last = series.get(series.size() - 1).getYear();
      for (int year = series.get(0).getYear(); year <= last; year++) {
        LocalDate first = LocalDate.of(year, 1, 1);
        LocalDate end = LocalDate.of(year, 12, 31);
        if (!first.isBefore(calendar.knownFrom()) && !end.isAfter(calendar.knownUntil())) {
          years++;
          days += calendar.count(first, end);
        }
      }
      return days == 0
          ? count(series)
          : new Days(
              (double) days / years,
              NumberText.fixed((double) days / years, 1)
                  + " days a year, the mean of the calendar's whole years");
    };
  }

  private static Days count(List<LocalDate> series) {
    long span = ChronoUnit.DAYS.between(series.get(0), series.get(series.size() - 1));
    if (span < SHORTEST_SPAN) {
      return new Days(
          USUAL, NumberText.fixed(USUAL, 0) + " days a year, as the series is shorter than one");
    }
    double days = (series.size() - 1) * 365.2425 / span;
    return new Days(days, NumberText.fixed(days, 1) + " days a year as counted in the series");
  }
}
