package io.qilin.data.stream;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.TradingCalendar;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.SessionPhase;
import io.qilin.core.rules.Sessions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * When the market of a stream is open, day by day. Immutable and safe to share if the function that it is made of is.
 *
 * <p>One pipeline has one table of sessions. Boards whose days differ, for example Shanghai's funds before 2026-07-06, which
 * had no closing auction, go through pipelines of their own.
 */
public final class StreamSessions {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final String name;
  private final Function<LocalDate, List<StreamSession>> days;

  private StreamSessions(String name, Function<LocalDate, List<StreamSession>> days) {
    this.name = name;
    this.days = days;
  }

  /** The sessions of a board by the dated rules, on the days of the calendar; none on other days. */
  public static StreamSessions of(TradingCalendar calendar, Board board) {
    MarketRuleBook rules = MarketRuleBook.aShare();
    return of(
        board.name(),
        calendar,
        day -> rules.at(day).rule(board, RiskWarning.NONE).sessions());
  }

  /**
   * Sessions of the host's own, on the days of the calendar; none on other days. Neighbouring parts of one phase, and the two
   * parts of an opening auction, are one session; pauses, lunch and closed parts are none.
   *
   * @param name names the table in checkpoints, so that no state is read with other sessions
   * @param calendar the trading days
   * @param day the phases of a trading day, in Asia/Shanghai time
   */
  public static StreamSessions of(
      String name, TradingCalendar calendar, Function<LocalDate, Sessions> day) {
    Objects.requireNonNull(calendar, "calendar");
    Objects.requireNonNull(day, "day");
    return new StreamSessions(
        name, date -> calendar.isTradingDay(date) ? sessions(date, day.apply(date)) : List.of());
  }

  /** A market that never closes; sessions are the days of Asia/Shanghai, so windows are cut at midnight only. */
  public static StreamSessions roundTheClock() {
    return new StreamSessions(
        "round-the-clock",
        date -> List.of(new StreamSession(
            SessionPhase.CONTINUOUS, midnight(date), midnight(date.plusDays(1)))));
  }

  /** What the table is called. */
  public String name() {
    return name;
  }

  /**
   * The sessions of a date, ascending, not overlapping.
   *
   * @throws QilinException DATE_OUT_OF_RANGE where the calendar or the rules do not know
   */
  public List<StreamSession> on(LocalDate date) {
    return days.apply(Objects.requireNonNull(date, "date"));
  }

  /** The date on which a moment falls. */
  static LocalDate date(Instant moment) {
    return moment.atZone(SHANGHAI).toLocalDate();
  }

  /** The first moment of a date. */
  static Instant midnight(LocalDate date) {
    return date.atStartOfDay(SHANGHAI).toInstant();
  }

  private static List<StreamSession> sessions(LocalDate date, Sessions day) {
    List<StreamSession> merged = new ArrayList<>();
    for (Sessions.Part part : day.parts()) {
      SessionPhase phase = part.phase() == SessionPhase.OPENING_AUCTION_LOCKED
          ? SessionPhase.OPENING_AUCTION
          : part.phase();
      if (phase == SessionPhase.PAUSE
          || phase == SessionPhase.LUNCH
          || phase == SessionPhase.CLOSED) {
        continue;
      }
      Instant start = at(date, part.start());
      int last = merged.size() - 1;
      if (last >= 0
          && merged.get(last).phase() == phase
          && merged.get(last).end().equals(start)) {
        merged.set(last, new StreamSession(phase, merged.get(last).start(), at(date, part.end())));
      } else {
        merged.add(new StreamSession(phase, start, at(date, part.end())));
      }
    }
    return List.copyOf(merged);
  }

  private static Instant at(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(SHANGHAI).toInstant();
  }
}
