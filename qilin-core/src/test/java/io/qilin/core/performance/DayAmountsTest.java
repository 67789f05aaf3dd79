package io.qilin.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayAmountsTest {
  private final List<LocalDate> days = SomeReturns.days(2);

  private Panel.Builder panel() {
    return Panel.builder(days, Adjustment.RAW)
        .column(SomeRun.MAOTAI, Field.CLOSE, 0, new double[] {10, 20});
  }

  @Test
  void whenAmountsAreThere_thenThose() {
    Panel panel =
        panel().column(SomeRun.MAOTAI, Field.AMOUNT, 0, new double[] {7, 8}).build();

    assertThat(DayAmounts.of(panel).amount(days.get(1), SomeRun.MAOTAI)).isEqualTo(8);
    assertThat(DayAmounts.of(panel).amount(days.get(1), SomeRun.PING_AN)).isNaN();
    assertThat(DayAmounts.of(panel).amount(LocalDate.of(2030, 1, 1), SomeRun.MAOTAI))
        .isNaN();
  }

  @Test
  void whenOnlyVolumesAreThere_thenTimesTheClose() {
    Panel panel =
        panel().column(SomeRun.MAOTAI, Field.VOLUME, 0, new double[] {7, 8}).build();

    assertThat(DayAmounts.of(panel).amount(days.get(1), SomeRun.MAOTAI)).isEqualTo(160);
  }

  @Test
  void whenNeitherIsThere_thenRefused() {
    assertThatThrownBy(() -> DayAmounts.of(panel().build()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
  }
}
