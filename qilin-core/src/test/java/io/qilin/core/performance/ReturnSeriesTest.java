package io.qilin.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReturnSeriesTest {
  private final ReturnSeries series = SomeReturns.of(0.1, Double.NaN, -0.2);

  @Test
  void whenAsked_thenAnswersByDay() {
    assertThat(series.on(LocalDate.of(2024, 1, 3))).isEqualTo(-0.2);
    assertThat(series.on(LocalDate.of(2024, 1, 2))).isNaN();
    assertThat(series.on(LocalDate.of(2025, 1, 1))).isNaN();
    assertThat(series).hasToString("ReturnSeries[3 days from 2024-01-01 to 2024-01-03]");
    assertThat(ReturnSeries.EMPTY).hasToString("ReturnSeries[no day]");
  }

  @Test
  void whenOnlyKnown_thenUnknownDaysAreGone() {
    assertThat(series.known().values()).containsExactly(0.1, -0.2);
    assertThat(series.known().days()).hasSize(2);
    assertThat(series.only(List.of(LocalDate.of(2024, 1, 1), LocalDate.of(2030, 1, 1))))
        .isEqualTo(SomeReturns.of(0.1));
  }

  @Test
  void whenTheCallersArrayChanges_thenTheSeriesDoesNot() {
    double[] values = {0.1};
    ReturnSeries copied = SomeReturns.of(values);
    values[0] = 5;
    copied.values()[0] = 6;
    assertThat(copied.value(0)).isEqualTo(0.1);
    assertThat(copied).hasSameHashCodeAs(SomeReturns.of(0.1));
  }

  @Test
  void whenMalformed_thenRefused() {
    LocalDate day = LocalDate.of(2024, 1, 1);
    assertThatThrownBy(() -> ReturnSeries.of(List.of(day), new double[2]))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("2 returns for 1 days");
    assertThatThrownBy(() -> ReturnSeries.of(List.of(day, day), new double[2]))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("2024-01-01 follows 2024-01-01");
    assertThatThrownBy(() -> SomeReturns.of(0, Double.POSITIVE_INFINITY))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("2024-01-02 is infinite");
  }
}
