package io.qilin.data.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.TradingCalendar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosureTableTest {
  @Test
  void whenClosuresAreSingleDaysOrSpans_thenTheOtherWeekdaysTrade() throws IOException {
    TradingCalendar calendar =
        parse("# note\n\nknown 2024-01-01 2024-01-12\n2024 01-01 01-04..01-09\n");
    assertThat(calendar.days())
        .containsExactly(
            LocalDate.of(2024, 1, 2),
            LocalDate.of(2024, 1, 3),
            LocalDate.of(2024, 1, 10),
            LocalDate.of(2024, 1, 11),
            LocalDate.of(2024, 1, 12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024 01-01",
        "known 2024-01-01",
        "known 2024-01-01 2024-13-01",
        "known 2024-01-01 2025-12-31\n2024 01-01",
        "known 2024-01-01 2024-12-31\n2024 01-32",
        "known 2024-01-01 2024-12-31\n2024 01-05..01-02",
        "known 2024-01-01 2024-12-31\n2024 ..",
        "known 2024-01-01 2024-12-31\n2024 01-01..01-02..01-03",
        "known 2024-01-01 2024-12-31\nabc 01-01",
      })
  void whenTheTableIsDamaged_thenATypedErrorSaysSo(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT));
  }

  private static TradingCalendar parse(String text) throws IOException {
    return ClosureTable.parse(new BufferedReader(new StringReader(text)));
  }
}
