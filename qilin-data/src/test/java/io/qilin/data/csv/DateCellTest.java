package io.qilin.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.data.internal.CellException;
import io.qilin.data.internal.DateCell;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateCellTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29",
        "20240229",
        "2024/02/29",
        "2024-02-29T00:00:00",
        "2024-02-29 00:00",
        "2024-02-29 00:00:00.000",
        "2024-02-29T00:00:00+08:00",
        "2024-02-29T00:00Z",
        "20240229 00:00:00",
        "2024-02-29T00:00:00-0500"
      })
  void whenADay_thenThatDay(String text) throws CellException {
    assertThat(parse(text)).isEqualTo(LocalDate.of(2024, 2, 29));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2025-02-30",
        "2025-02-29",
        "12025-01-15",
        "-2025-01-15",
        "15-01-2025",
        "01/15/2025",
        "2025-13-01",
        "2025-00-10",
        "2025-1-5",
        "2025/01-15",
        "2025.01.15",
        "20250230",
        "202501",
        "0000-01-01",
        "２０２５-01-15",
        "2025-01-15x",
        "20250115.0",
        "45672",
        "2025-01-15T",
        "2025-01-15T00",
        "Jan 15 2025",
        "2025年01月15日",
        "now"
      })
  void whenNoDay_thenRefused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(CellException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-01-15T09:30:00+08:00",
        "2025-01-15 15:00:00",
        "2025-01-15T00:00:01",
        "2025-01-14T16:00:00Z",
        "20250115 09:31"
      })
  void whenATimeOfDay_thenRefusedAsNoDailyBar(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            CellException.class, e -> assertThat(e.reason()).contains("daily bars"));
  }

  private static LocalDate parse(String text) throws CellException {
    char[] chars = ("9" + text + "9").toCharArray();
    return LocalDate.ofEpochDay(DateCell.parse(chars, 1, chars.length - 1));
  }
}
