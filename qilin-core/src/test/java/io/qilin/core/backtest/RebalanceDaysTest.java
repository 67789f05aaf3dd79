package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RebalanceDaysTest {
  private static final List<LocalDate> DAYS = Panels.weekdays(LocalDate.of(2024, 1, 24), 12);

  private static List<LocalDate> due(RebalanceDays rule, int from) {
    return IntStream.range(from, DAYS.size())
        .filter(end -> rule.due(DAYS.subList(from, end + 1)))
        .mapToObj(DAYS::get)
        .toList();
  }

  private static List<LocalDate> days(String... days) {
    return List.of(days).stream().map(LocalDate::parse).toList();
  }

  @Test
  void whenDaily_thenEveryDay() {
    assertThat(due(RebalanceDays.daily(), 0)).isEqualTo(DAYS);
  }

  @Test
  void whenEveryFifth_thenCountedFromTheFirstWhereverTheHistoryBegins() {
    RebalanceDays fifth = RebalanceDays.every(5, LocalDate.of(2024, 1, 27));

    assertThat(due(fifth, 0)).isEqualTo(days("2024-01-29", "2024-02-05"));
    assertThat(due(fifth, 2)).isEqualTo(due(fifth, 0));
  }

  @Test
  void whenWeekly_thenTheFirstDayOfEachWeek() {
    assertThat(due(RebalanceDays.weekly(), 0))
        .isEqualTo(days("2024-01-24", "2024-01-29", "2024-02-05"));
  }

  @Test
  void whenMonthly_thenTheFirstDayOfEachMonth() {
    assertThat(due(RebalanceDays.monthly(), 0)).isEqualTo(days("2024-01-24", "2024-02-01"));
  }

  @Test
  void whenTheNumberIsBad_thenRefused() {
    assertThatThrownBy(() -> RebalanceDays.every(0, DAYS.get(0)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("was 0");
  }
}
