package io.qilin.mlops.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FactorColumnsTest {
  private final FactorTable table = FalseAlarms.market(0.8, 300, new SplittableRandom(3));

  @Test
  void whenDaysAreCutOut_thenOnlyTheyCount() {
    LocalDate first = table.days().get(10);
    LocalDate last = table.days().get(19);
    ColumnSample sample = FactorColumns.of(table, "f", first, last, 10_000, 1);
    assertThat(sample.known()).isEqualTo(10L * table.symbols().size());
    assertThat(sample.effectiveSize()).isEqualTo(10);
    assertThat(FactorColumns.of(table, "f", LocalDate.MIN, LocalDate.MAX, 10, 1).known())
        .isEqualTo(300L * table.symbols().size());
    assertThat(
            FactorColumns.of(table, "f", LocalDate.MIN, LocalDate.EPOCH, 10, 1).seen())
        .isZero();
  }

  @Test
  void whenDaysShareTheirNews_thenTheColumnIsWorthFarLess() {
    ColumnSample sample =
        FactorColumns.of(table, "f", table.days().get(0), table.days().get(299), 10_000, 1);
    // 300 days whose long-run variance is nine times the plain one, half of the variance being the
    // day's.
    assertThat(sample.effectiveSize()).isBetween(20.0, 200.0);
  }

  @Test
  void whenTheColumnIsUnknown_thenItIsRefused() {
    LocalDate day = table.days().get(0);
    assertThatThrownBy(() -> FactorColumns.of(table, "g", day, day, 10, 1))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> FactorColumns.of(table, "f", day, day.minusDays(1), 10, 1))
        .isInstanceOf(QilinException.class);
  }
}
