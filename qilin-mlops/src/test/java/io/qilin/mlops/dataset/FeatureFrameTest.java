package io.qilin.mlops.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureFrameTest {
  private static final double NAN = Double.NaN;

  /** Four days, three instruments: 0 always, 1 from day 1 on, 2 on days 0 and 2. */
  private static final FactorTable TABLE = Tables.factors(
      List.of("A", "B"),
      Tables.symbols(3),
      Tables.days(4),
      (c, i, d) ->
          (i == 1 && d == 0) || (i == 2 && d % 2 == 1) ? NAN : c == 0 && i == 0 ? NAN : 10 * d + i);

  private static List<Integer> rows(FeatureFrame frame) {
    return List.of(frame.rows(0), frame.rows(1), frame.rows(2), frame.rows(3));
  }

  @Test
  void whenNothingIsSaid_thenThereIsARowWhereAFactorIsKnown() {
    assertThat(rows(FeatureFrame.of(TABLE))).containsExactly(2, 2, 3, 2);
  }

  @Test
  void whenWithinAUniverse_thenOnlyItsKnownRows() {
    assertThat(rows(FeatureFrame.of(TABLE).within((i, d) -> i != 0))).containsExactly(1, 1, 2, 1);
  }

  @Test
  void whenSpansAreAskedFor_thenUnknownRowsAreThereToo() {
    Panel panel = Panel.builder(Tables.days(4), Adjustment.RAW)
        .column(Tables.symbols(3).get(0), Field.CLOSE, 0, new double[] {1, 1, 1, 1})
        .column(Tables.symbols(3).get(1), Field.CLOSE, 1, new double[] {1, 1, 1})
        .column(Tables.symbols(3).get(2), Field.CLOSE, 0, new double[] {1, 1, 1})
        .build();

    assertThat(rows(FeatureFrame.of(TABLE).withRows(Universe.spans(panel, TABLE))))
        .containsExactly(2, 3, 3, 2);
  }

  @Test
  void whenARangeMustBeCovered_thenOnlySurvivorsStay() {
    FeatureFrame frame = FeatureFrame.of(TABLE);
    List<LocalDate> days = frame.days();

    assertThat(rows(frame.covering(new DayRange(days.get(0), days.get(3)))))
        .containsExactly(1, 1, 1, 1);
    assertThat(rows(frame.covering(new DayRange(days.get(1), days.get(3)))))
        .containsExactly(1, 2, 2, 2);
    assertThat(rows(frame.covering(new DayRange(days.get(0), days.get(2)))))
        .containsExactly(2, 1, 2, 1);
    assertThatThrownBy(() ->
            frame.covering(new DayRange(days.get(3).plusDays(1), days.get(3).plusDays(9))))
        .hasMessageContaining("no day of");
  }

  @Test
  void whenTablesDoNotFit_thenTheyAreRefused() {
    assertThatThrownBy(() -> FeatureFrame.of(
            TABLE, Tables.labels(List.of("L"), Tables.symbols(3), Tables.days(3), (c, i, d) -> 0)))
        .hasMessageContaining("3 × 4")
        .hasMessageContaining("3 × 3");
    assertThatThrownBy(() -> FeatureFrame.of(
            TABLE, Tables.labels(List.of("A"), Tables.symbols(3), Tables.days(4), (c, i, d) -> 0)))
        .hasMessageContaining("'A'");
  }

  @Test
  void whenThereIsNoInstrument_thenThereAreNoRows() {
    FeatureFrame empty =
        FeatureFrame.of(Tables.factors(List.of("A"), List.of(), Tables.days(2), (c, i, d) -> 0));
    DayRange range = Tables.range(Tables.days(2), 0, 2);

    FittedChain fitted = ProcessorChain.alpha360().fit(empty, range);

    assertThat(fitted.infer(empty, range).count()).isZero();
    assertThat(fitted.infer(new double[0], 0, new double[0], new int[0])).isZero();
  }
}
