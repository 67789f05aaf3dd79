package io.qilin.api.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PanelColumnsTest {
  private static final List<LocalDate> DAYS =
      List.of(LocalDate.of(2024, 1, 2), LocalDate.of(2024, 1, 3), LocalDate.of(2024, 1, 4));
  private static final Symbol A = Symbol.other("A");
  private static final Symbol B = Symbol.other("B");

  private static Panel panel(List<Symbol> symbols, List<LocalDate> days, double... close) {
    return Panel.ofColumns(symbols, days, Adjustment.RAW, Map.of(Field.CLOSE, close));
  }

  @Test
  void whenMadeOfColumns_thenItIsWhatTheBuilderMakes() {
    double[] open = {1, 2, 3, 4, 5, 6};
    double[] close = {Double.NaN, 8, 9, 10, 11, Double.NaN};
    Panel panel = Panel.ofColumns(
        List.of(A, B), DAYS, Adjustment.RAW, Map.of(Field.OPEN, open, Field.CLOSE, close));
    Panel built = Panel.builder(DAYS, Adjustment.RAW)
        .column(B, Field.CLOSE, 0, new double[] {10, 11, Double.NaN})
        .column(B, Field.OPEN, 0, new double[] {4, 5, 6})
        .column(A, Field.CLOSE, 0, new double[] {Double.NaN, 8, 9})
        .column(A, Field.OPEN, 0, new double[] {1, 2, 3})
        .build();
    assertThat(panel).hasToString(built.toString());
    assertThat(panel.symbols()).isEqualTo(built.symbols());
    for (Field field : built.fields()) {
      for (int i = 0; i < 2; i++) {
        assertThat(panel.firstRow(i)).isEqualTo(built.firstRow(i));
        assertThat(panel.endRow(i)).isEqualTo(built.endRow(i));
        assertThat(panel.values(field, i)).containsExactly(built.values(field, i));
      }
    }
    assertThat(panel.until(DAYS.get(1)).values(Field.OPEN, 1)).containsExactly(4, 5);
    assertThat(panel.only(B::equals).values(Field.OPEN, 0)).containsExactly(4, 5, 6);
  }

  @Test
  void whenAFieldIsComputed_thenItIsThereOverEverySpanAndTheOldPanelIsAsItWas() {
    Panel whole = Panel.builder(DAYS, Adjustment.RAW)
        .column(A, Field.CLOSE, 0, new double[] {1, 2, 3})
        .column(B, Field.CLOSE, 1, new double[] {5})
        .build();
    Panel view = whole.until(DAYS.get(1)).only(B::equals);
    Field twice = Field.of("twice");

    Panel all = whole.with(twice, (i, d) -> 2 * whole.value(Field.CLOSE, i, d));
    Panel some = view.with(twice, (i, d) -> 2 * view.value(Field.CLOSE, i, d));

    assertThat(all.values(twice, 0)).containsExactly(2, 4, 6);
    assertThat(all.values(twice, 1, 0, 3)).containsExactly(Double.NaN, 10, Double.NaN);
    assertThat(some.values(twice, 0)).containsExactly(10);
    assertThat(all.column(twice).value(0, 2)).isEqualTo(6);
    assertThat(whole.has(twice)).isFalse();
    assertThat(all.with(twice, (i, d) -> 0).value(twice, 0, 0)).isZero();
    assertThatThrownBy(() -> view.column(Field.CLOSE).value(0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void whenTheGivenArrayChanges_thenThePanelDoesNot() {
    double[] close = {1, 2, 3};
    Panel panel = panel(List.of(A), DAYS, close);
    close[1] = 7;
    assertThat(panel.values(Field.CLOSE, 0)).containsExactly(1, 2, 3);
  }

  @Test
  void whenColumnsDoNotFit_thenTheReasonIsSaid() {
    assertRefused(() -> panel(List.of(A, B), DAYS, 1, 2, 3), "$close has 3 values");
    assertRefused(() -> panel(List.of(B, A), DAYS, new double[6]), "A.OTHER follows B.OTHER");
    assertRefused(() -> panel(List.of(A, A), DAYS, new double[6]), "instruments must ascend");
    assertRefused(
        () -> panel(List.of(A), List.of(DAYS.get(1), DAYS.get(0)), new double[2]),
        "days must ascend");
    assertRefused(() -> panel(List.of(), DAYS), "at least one instrument");
    assertRefused(() -> panel(List.of(A), List.of()), "at least one day");
  }

  @Test
  void whenThereAreTooManyCells_thenItIsRefused() {
    List<LocalDate> days =
        IntStream.range(0, 50_000).mapToObj(LocalDate.EPOCH::plusDays).toList();
    List<Symbol> symbols = IntStream.range(100_000, 150_000)
        .mapToObj(i -> Symbol.other(Integer.toString(i)))
        .toList();
    assertThatThrownBy(() -> Panel.ofColumns(symbols, days, Adjustment.RAW, Collections.emptyMap()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }

  private static void assertRefused(Runnable call, String why) {
    assertThatThrownBy(call::run).isInstanceOfSatisfying(QilinException.class, e -> {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      assertThat(e).hasMessageContaining(why);
    });
  }
}
