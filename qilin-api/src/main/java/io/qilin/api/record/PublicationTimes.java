package io.qilin.api.record;

import io.qilin.api.market.TradingCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When a kind of record is public if its source does not say. Each is the latest moment that is usual, so that a decision
 * that keeps to it cannot know too much; a source that knows the true moment should give it. All in Asia/Shanghai. Dates
 * of more than nine digits are refused by {@link LocalDate} itself.
 */
public final class PublicationTimes {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final LocalTime OPENING = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(15, 0);
  private static final LocalTime BARS = LocalTime.of(15, 30);
  private static final LocalTime BEFORE_OPENING = LocalTime.of(9, 0);

  private PublicationTimes() {}

  /** The beginning of a day: 00:00. */
  public static Instant startOf(LocalDate day) {
    return day.atStartOfDay(SHANGHAI).toInstant();
  }

  /** The beginning of continuous trading on a trading day, 09:30: a decision for the day is taken by then. */
  public static Instant openingOf(LocalDate day) {
    return day.atTime(OPENING).atZone(SHANGHAI).toInstant();
  }

  /** The close of a trading day, 15:00: the event time of what describes the whole day. */
  public static Instant closeOf(LocalDate day) {
    return day.atTime(CLOSE).atZone(SHANGHAI).toInstant();
  }

  /** Figures of the day's trading, order flow and breadth: 15:30, after trading at the closing price. */
  public static Instant ofDailyFigures(LocalDate day) {
    return day.atTime(BARS).atZone(SHANGHAI).toInstant();
  }

  /**
   * The Dragon-Tiger list (龙虎榜) of a day. The exchanges publish it in the evening, from 18:00 on, at no fixed hour;
   * taken as the midnight that ends the day, so that it serves from the opening of the next session on.
   */
  public static Instant ofLhb(LocalDate day) {
    return startOf(day.plusDays(1));
  }

  /** Margin lending (融资融券) of a trading day: published on the morning of the next one, taken as 09:00. */
  public static Instant ofMargin(LocalDate day, TradingCalendar calendar) {
    return calendar.plus(day, 1).atTime(BEFORE_OPENING).atZone(SHANGHAI).toInstant();
  }

  /**
   * What a company announces (reports, dividends, changes of name) under a date. It may come out at noon or late in the
   * evening of that date; taken as the midnight that ends it.
   */
  public static Instant ofAnnouncement(LocalDate announceDate) {
    return startOf(announceDate.plusDays(1));
  }
}
