package io.qilin.api.market;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The days on which a market trades, as data: exchange holidays are decreed, no rule computes them. Known only for a
 * stated span; a question beyond it is an error, not a guess. Dates are local dates in Asia/Shanghai. Immutable and
 * safe to share.
 */
public final class TradingCalendar {
  private final List<LocalDate> days;
  private final LocalDate knownFrom;
  private final LocalDate knownUntil;

  private TradingCalendar(List<LocalDate> days, LocalDate knownFrom, LocalDate knownUntil) {
    this.days = days;
    this.knownFrom = knownFrom;
    this.knownUntil = knownUntil;
  }

  /**
   * A calendar from its trading days.
   *
   * @param days the trading days, strictly ascending, not empty
   * @param knownFrom first date about which the calendar can answer
   * @param knownUntil last date about which the calendar can answer
   * @throws QilinException INVALID_ARGUMENT if days do not ascend or lie outside the span
   */
  public static TradingCalendar of(
      List<LocalDate> days, LocalDate knownFrom, LocalDate knownUntil) {
    Objects.requireNonNull(knownFrom, "knownFrom");
    Objects.requireNonNull(knownUntil, "knownUntil");
    List<LocalDate> copy = List.copyOf(days);
    if (copy.isEmpty()) {
      throw QilinException.invalid("a calendar needs at least one trading day");
    }
    for (int i = 1; i < copy.size(); i++) {
      if (!copy.get(i).isAfter(copy.get(i - 1))) {
        throw QilinException.invalid(
            "days must ascend, but " + copy.get(i) + " follows " + copy.get(i - 1));
      }
    }
    if (copy.get(0).isBefore(knownFrom) || copy.get(copy.size() - 1).isAfter(knownUntil)) {
      throw QilinException.invalid(
          "trading days lie outside the known span " + knownFrom + " to " + knownUntil);
    }
    return new TradingCalendar(copy, knownFrom, knownUntil);
  }

  /** The trading days, ascending. */
  public List<LocalDate> days() {
    return days;
  }

  /** First date about which the calendar can answer. */
  public LocalDate knownFrom() {
    return knownFrom;
  }

  /** Last date about which the calendar can answer. */
  public LocalDate knownUntil() {
    return knownUntil;
  }

  /**
   * Whether the market trades on the date.
   *
   * @throws QilinException DATE_OUT_OF_RANGE outside the known span
   */
  public boolean isTradingDay(LocalDate date) {
    return place(date) >= 0;
  }

  /**
   * The date itself if it is a trading day.
   *
   * @throws QilinException NOT_A_TRADING_DAY with the previous and the next one; DATE_OUT_OF_RANGE
   */
  public LocalDate require(LocalDate date) {
    int at = place(date);
    if (at >= 0) {
      return date;
    }
    int next = -at - 1;
    String before = next == 0 ? "none known" : days.get(next - 1).toString();
    String after = next == days.size() ? "none known" : days.get(next).toString();
    throw new QilinException(
        ErrorCode.NOT_A_TRADING_DAY,
        date + " (" + date.getDayOfWeek() + ") is not a trading day; the previous is " + before
            + ", the next " + after);
  }

  /** The first trading day after the date. */
  public LocalDate next(LocalDate date) {
    return plus(date, 1);
  }

  /** The last trading day before the date. */
  public LocalDate previous(LocalDate date) {
    return plus(date, -1);
  }

  /**
   * Steps by trading days: {@code plus(friday, 1)} is the next trading day. A date that is no trading day counts as
   * lying between its neighbours.
   *
   * @param date a date within the known span
   * @param steps how many trading days forward, negative for backward; 0 gives the date, which must be a trading day
   * @throws QilinException DATE_OUT_OF_RANGE if the answer is not known
   */
  public LocalDate plus(LocalDate date, int steps) {
    if (steps == 0) {
      return require(date);
    }
    int at = place(date);
    long target = (at >= 0 ? at : steps > 0 ? -at - 2 : -at - 1) + (long) steps;
    if (target < 0 || target >= days.size()) {
      throw outOfRange(
          date + (steps > 0 ? " + " : " - ") + Math.abs((long) steps) + " trading days");
    }
    return days.get((int) target);
  }

  /**
   * The number of trading days in {@code [from, to]}.
   *
   * @throws QilinException DATE_OUT_OF_RANGE; INVALID_ARGUMENT if to is before from
   */
  public int count(LocalDate from, LocalDate to) {
    if (to.isBefore(from)) {
      throw QilinException.invalid(to + " is before " + from);
    }
    int first = place(from);
    int last = place(to);
    return (last >= 0 ? last + 1 : -last - 1) - (first >= 0 ? first : -first - 1);
  }

  private int place(LocalDate date) {
    Objects.requireNonNull(date, "date");
    if (date.isBefore(knownFrom) || date.isAfter(knownUntil)) {
      throw outOfRange(date.toString());
    }
    return Collections.binarySearch(days, date);
  }

  private QilinException outOfRange(String what) {
    return new QilinException(
        ErrorCode.DATE_OUT_OF_RANGE,
        what + " is outside the calendar, which is known from " + knownFrom + " to " + knownUntil
            + "; supply a newer calendar");
  }

  @Override
  public String toString() {
    return "TradingCalendar[" + days.size() + " days, known " + knownFrom + ".." + knownUntil + "]";
  }
}
