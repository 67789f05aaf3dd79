package io.qilin.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionsTest {
  @ParameterizedTest
  @CsvSource({
    "09:14:59, CLOSED",
    "09:15, OPENING_AUCTION",
    "09:19:59, OPENING_AUCTION",
    "09:20, OPENING_AUCTION_LOCKED",
    "09:25, PAUSE",
    "09:29:59, PAUSE",
    "09:30, CONTINUOUS",
    "11:29:59, CONTINUOUS",
    "11:30, LUNCH",
    "12:59:59, LUNCH",
    "13:00, CONTINUOUS",
    "14:56:59, CONTINUOUS",
    "14:57, CLOSING_AUCTION",
    "14:59:59, CLOSING_AUCTION",
    "15:00, CLOSED",
    "15:05, FIXED_PRICE",
    "15:29:59, FIXED_PRICE",
    "15:30, CLOSED",
  })
  void whenTheDayGoesBy_thenItsPhasesFollow(LocalTime time, SessionPhase phase) {
    assertThat(sessions(Board.SSE_MAIN, "2026-07-06").phaseAt(time)).isEqualTo(phase);
  }

  @ParameterizedTest
  @CsvSource({
    // board, date, phase at 14:58, phase at 15:10
    "SSE_MAIN, 2018-08-17, CONTINUOUS, CLOSED",
    "SSE_MAIN, 2018-08-20, CLOSING_AUCTION, CLOSED",
    "SSE_MAIN, 2026-07-03, CLOSING_AUCTION, CLOSED",
    "SSE_MAIN, 2026-07-06, CLOSING_AUCTION, FIXED_PRICE",
    "SZSE_MAIN, 2006-06-30, CONTINUOUS, CLOSED",
    "SZSE_MAIN, 2006-07-03, CLOSING_AUCTION, CLOSED",
    "SZSE_MAIN, 2026-07-03, CLOSING_AUCTION, CLOSED",
    "SZSE_MAIN, 2026-07-06, CLOSING_AUCTION, FIXED_PRICE",
    "CHINEXT, 2009-10-30, CLOSING_AUCTION, CLOSED",
    "CHINEXT, 2020-08-21, CLOSING_AUCTION, CLOSED",
    "CHINEXT, 2020-08-24, CLOSING_AUCTION, FIXED_PRICE",
    "STAR, 2019-07-22, CLOSING_AUCTION, FIXED_PRICE",
    "BSE, 2021-11-15, CLOSING_AUCTION, CLOSED",
    "BSE, 2026-07-03, CLOSING_AUCTION, CLOSED",
    "BSE, 2026-07-06, CLOSING_AUCTION, FIXED_PRICE",
    "SSE_FUND, 2026-07-03, CONTINUOUS, CLOSED",
    "SSE_FUND, 2026-07-06, CLOSING_AUCTION, FIXED_PRICE",
    "SZSE_FUND, 2026-07-03, CLOSING_AUCTION, CLOSED",
    "SZSE_FUND, 2026-07-06, CLOSING_AUCTION, FIXED_PRICE",
  })
  void whenARuleChanged_thenTheDateDecides(
      Board board, String date, SessionPhase late, SessionPhase after) {
    Sessions sessions = sessions(board, date);
    assertThat(sessions.phaseAt(LocalTime.of(14, 58))).isEqualTo(late);
    assertThat(sessions.phaseAt(LocalTime.of(15, 10))).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({
    "09:16, true, true",
    "09:21, true, false",
    "09:27, false, false",
    "10:00, true, true",
    "12:00, false, false",
    "14:58, true, false",
    "15:10, true, true",
    "20:00, false, false",
  })
  void whenAnOrderIsEnteredOrCancelled_thenThePhaseDecides(
      LocalTime time, boolean enter, boolean cancel) {
    Sessions sessions = sessions(Board.STAR, "2026-07-06");
    assertThat(sessions.mayEnter(time)).isEqualTo(enter);
    assertThat(sessions.mayCancel(time)).isEqualTo(cancel);
  }

  @Test
  void whenTheCircuitBreakerTripped_thenTheDayEndedEarly() {
    Sessions monday = sessions(Board.SSE_MAIN, "2016-01-04");
    assertThat(monday.phaseAt(LocalTime.of(13, 32))).isEqualTo(SessionPhase.CONTINUOUS);
    assertThat(monday.phaseAt(LocalTime.of(13, 33))).isEqualTo(SessionPhase.CLOSED);
    Sessions thursday = sessions(Board.CHINEXT, "2016-01-07");
    assertThat(thursday.phaseAt(LocalTime.of(9, 58))).isEqualTo(SessionPhase.CONTINUOUS);
    assertThat(thursday.phaseAt(LocalTime.of(13, 30))).isEqualTo(SessionPhase.CLOSED);
    assertThat(sessions(Board.SSE_MAIN, "2016-01-05").phaseAt(LocalTime.of(14, 0)))
        .isEqualTo(SessionPhase.CONTINUOUS);
  }

  @ParameterizedTest
  @CsvSource({
    "00:00, 0",
    "09:15, 0",
    "09:30, 0",
    "09:30:30, 0.5",
    "10:00, 30",
    "11:30, 120",
    "12:15, 120",
    "13:00, 120",
    "13:01, 121",
    "14:57, 237",
    "15:00, 240",
    "15:30, 240",
    "23:59:59, 240",
  })
  void whenMinutesAreCounted_thenLunchIsLeftOut(LocalTime time, double minutes) {
    assertThat(Sessions.minutesElapsed(time)).isEqualTo(minutes);
  }

  @Test
  void whenPhasesOverlap_thenTheyAreRefused() {
    var first = new Sessions.Part(
        SessionPhase.CONTINUOUS, LocalTime.of(9, 0), LocalTime.of(10, 0), true, true);
    var second =
        new Sessions.Part(SessionPhase.LUNCH, LocalTime.of(9, 59), LocalTime.of(11, 0), true, true);
    assertThatThrownBy(() -> new Sessions(List.of(second, first)))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new Sessions.Part(
            SessionPhase.LUNCH, LocalTime.of(9, 0), LocalTime.of(9, 0), true, true))
        .isInstanceOf(QilinException.class);
  }

  private static Sessions sessions(Board board, String date) {
    return MarketRuleBook.aShare()
        .at(LocalDate.parse(date))
        .rule(board, RiskWarning.NONE)
        .sessions();
  }
}
