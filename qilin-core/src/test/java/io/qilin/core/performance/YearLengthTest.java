package io.qilin.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.TradingCalendar;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class YearLengthTest {
  private final List<LocalDate> everyDay = SomeReturns.days(731);

  @Test
  void whenEveryDayIsTraded_thenTheYearIsThatOfTheSun() {
    YearLength.Days year = YearLength.counted().of(everyDay);

    assertThat(year.days()).isCloseTo(365.2425, within(1e-9));
    assertThat(year.convention()).isEqualTo("365.2 days a year as counted in the series");
  }

  @Test
  void whenTheSeriesIsShort_thenTheUsualYear() {
    assertThat(YearLength.counted().of(everyDay.subList(0, 1)).days()).isEqualTo(243);
    assertThat(YearLength.counted().of(everyDay.subList(0, 300)).days()).isEqualTo(243);
  }

  @Test
  void whenThereIsACalendar_thenItsWholeYearsCount() {
    TradingCalendar calendar = TradingCalendar.of(
        everyDay.subList(0, 500), LocalDate.of(2024, 1, 1), LocalDate.of(2025, 6, 30));

    assertThat(YearLength.ofCalendar(calendar).of(everyDay.subList(10, 400)).days())
        .as("2024 is known to its end, 2025 is not")
        .isEqualTo(366);
    assertThat(YearLength.ofCalendar(calendar).of(everyDay.subList(366, 400)).days())
        .as("no whole year of 2025 is known")
        .isEqualTo(243);
  }

  @Test
  void whenFixed_thenAsGiven() {
    assertThat(YearLength.fixed(238).of(everyDay))
        .isEqualTo(new YearLength.Days(238, "238 days a year as given"));
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> YearLength.fixed(bad)).isInstanceOf(QilinException.class);
    }
  }
}
