package io.qilin.data.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.TradingCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AShareCalendarTest {
  private final TradingCalendar calendar = AShareCalendar.load();

  @Test
  void whenLoaded_thenItsSpanIsStated() {
    assertThat(calendar.knownFrom()).isEqualTo("1990-12-19");
    assertThat(calendar.knownUntil()).isEqualTo("2026-12-31");
    assertThat(calendar.days()).hasSize(8797);
    assertThat(AShareCalendar.load()).isSameAs(calendar);
  }

  /** The exchanges' published numbers of trading days. */
  @ParameterizedTest
  @CsvSource({
    "1991, 255", "1996, 247", "1999, 239", "2002, 237", "2005, 242", "2008, 246", "2013, 238",
        "2014, 245",
    "2015, 244", "2016, 244", "2017, 244", "2018, 243", "2019, 244", "2020, 243", "2021, 243",
        "2022, 242",
    "2023, 242", "2024, 242", "2025, 243", "2026, 242",
  })
  void whenAYearIsCounted_thenItHasItsTradingDays(int year, int days) {
    assertThat(calendar.count(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31)))
        .isEqualTo(days);
  }

  @ParameterizedTest
  @CsvSource({
    // holiday, previous, next
    "2015-09-03, 2015-09-02, 2015-09-07",
    "2015-09-04, 2015-09-02, 2015-09-07",
    "2020-01-31, 2020-01-23, 2020-02-03",
    "2024-02-09, 2024-02-08, 2024-02-19",
    "2024-10-01, 2024-09-30, 2024-10-08",
    "2025-10-06, 2025-09-30, 2025-10-09",
    "2026-02-16, 2026-02-13, 2026-02-24",
    "1997-07-01, 1997-06-27, 1997-07-02",
    "1999-12-31, 1999-12-30, 2000-01-04",
  })
  void whenADateIsAHoliday_thenItsNeighboursAreNamed(
      LocalDate date, LocalDate previous, LocalDate next) {
    assertThat(calendar.isTradingDay(date)).isFalse();
    assertThat(calendar.previous(date)).isEqualTo(previous);
    assertThat(calendar.next(date)).isEqualTo(next);
    assertThatThrownBy(() -> calendar.require(date))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_A_TRADING_DAY))
        .hasMessageContaining(previous.toString())
        .hasMessageContaining(next.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2015-09-06",
        "2020-01-19",
        "2024-02-04",
        "2024-09-29",
        "2025-01-26",
        "2026-02-28",
        "2026-10-10"
      })
  void whenAWeekendIsAMakeUpWorkday_thenNothingTrades(LocalDate date) {
    assertThat(calendar.isTradingDay(date)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1990-12-19", "2016-01-04", "2016-01-07", "2020-02-03", "2026-01-05", "2026-12-31"
      })
  void whenTheMarketOpened_thenItIsATradingDay(LocalDate date) {
    assertThat(calendar.require(date)).isEqualTo(date);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1990-12-18", "2027-01-01", "2030-06-03"})
  void whenADateIsBeyondTheSpan_thenTheErrorNamesTheSpan(LocalDate date) {
    assertThatThrownBy(() -> calendar.isTradingDay(date))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_OUT_OF_RANGE))
        .hasMessageContaining("1990-12-19")
        .hasMessageContaining("2026-12-31");
  }

  @Test
  void whenDaysAreListed_thenNoneIsAWeekendAndNoGapIsLongerThanAHolidayEverWas() {
    for (int i = 1; i < calendar.days().size(); i++) {
      LocalDate day = calendar.days().get(i);
      assertThat(day.getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
      assertThat(ChronoUnit.DAYS.between(calendar.days().get(i - 1), day)).isBetween(1L, 20L);
    }
  }

  /**
   * The rule book dates first days over weekdays, which is exact while no holiday follows a change
   * of their rule.
   */
  @ParameterizedTest
  @ValueSource(strings = {"2019-07-22", "2020-08-24", "2021-11-15", "2023-04-10"})
  void whenTheRuleOfFirstDaysChanged_thenTheNextFiveWeekdaysTraded(LocalDate date) {
    assertThat(calendar.count(date, date.plusDays(4))).isEqualTo(5);
  }
}
