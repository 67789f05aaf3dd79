package io.qilin.core.performance.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.performance.SomeReturns;
import io.qilin.core.performance.SomeRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldingDayTest {
  private static Panel panel(Adjustment adjustment) {
    return Panel.builder(SomeReturns.days(4), adjustment)
        .column(SomeRun.MAOTAI, Field.CLOSE, 0, new double[] {30, 36, Double.NaN, 27})
        .column(SomeRun.PING_AN, Field.CLOSE, 0, new double[] {10, 10, 11, 11})
        .build();
  }

  @Test
  void whenReadFromARun_thenTheHoldingsAreThoseOfTheEveningBefore() {
    List<HoldingDay> days = HoldingDay.of(
        SomeRun.report(), day -> Map.of(SomeRun.PING_AN, 1.0), panel(Adjustment.FORWARD));

    assertThat(days).hasSize(4);
    assertThat(days.get(0).portfolio()).isEmpty();
    assertThat(days.get(0).returns())
        .as("nothing is known before the first day")
        .isEmpty();
    assertThat(days.get(1).portfolio())
        .containsEntry(SomeRun.MAOTAI, 0.3)
        .containsEntry(SomeRun.PING_AN, 0.2);
    assertThat(days.get(1).holdingReturn()).isCloseTo(0.3 * 0.2, within(1e-15));
    assertThat(days.get(2).returns()).as("suspended").doesNotContainKey(SomeRun.MAOTAI);
    assertThat(days.get(2).benchmarkReturn()).isCloseTo(0.1, within(1e-15));
    assertThat(days.get(3).returns().get(SomeRun.MAOTAI))
        .as("since the last close before the suspension")
        .isCloseTo(-0.25, within(1e-15));
  }

  @Test
  void whenPricesAreRaw_thenRefused() {
    assertThatThrownBy(
            () -> HoldingDay.of(SomeRun.report(), day -> Map.of(), panel(Adjustment.RAW)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("adjusted");
  }

  @Test
  void whenANumberIsNotKnown_thenRefused() {
    assertThatThrownBy(() -> new HoldingDay(
            SomeReturns.days(1).get(0),
            SomeHoldings.map(Double.POSITIVE_INFINITY),
            SomeHoldings.map(),
            SomeHoldings.map(),
            0))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("weight in the portfolio of 600000.SH on 2024-01-01");
    assertThatThrownBy(() -> new HoldingDay(
            SomeReturns.days(1).get(0),
            SomeHoldings.map(),
            SomeHoldings.map(),
            SomeHoldings.map(),
            Double.NaN))
        .isInstanceOf(QilinException.class);
  }
}
