package io.qilin.api.factor;

import static io.qilin.api.Refusals.assertInvalid;
import static io.qilin.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FactorTableTest {
  private static final double NAN = Double.NaN;
  private static final List<LocalDate> DAYS =
      IntStream.rangeClosed(2, 5).mapToObj(d -> LocalDate.of(2024, 1, d)).toList();
  private static final Panel PANEL = Panel.builder(DAYS, Adjustment.RAW)
      .column(Symbol.parse("000001.SZ"), Field.CLOSE, 0, new double[4])
      .column(Symbol.parse("600519.SH"), Field.CLOSE, 0, new double[4])
      .build();

  /** Two columns over the last three days, partly written. */
  private static FactorTable table() {
    FactorTable.Writer writer = FactorTable.writer(List.of("A", "B"), PANEL, 1, 4);
    writer.write(0, 0, 0, new double[] {1, 2, 3}, 0, 3);
    writer.write(0, 1, 1, new double[] {9, 5, 6, 9}, 1, 2);
    writer.write(1, 1, 0, new double[] {7}, 0, 1);
    return writer.build();
  }

  @Test
  void whenWritten_thenEveryCellIsThereAndTheRestIsNotKnown() {
    FactorTable table = table();
    assertThat(table.names()).containsExactly("A", "B").isUnmodifiable();
    assertThat(table.symbols()).isEqualTo(PANEL.symbols());
    assertThat(table.days()).isEqualTo(DAYS.subList(1, 4)).isUnmodifiable();
    assertThat(table.crossSection(0, 0)).containsExactly(1, NAN);
    assertThat(table.crossSection(0, 1)).containsExactly(2, 5);
    assertThat(table.crossSection(0, 2)).containsExactly(3, 6);
    assertThat(table.crossSection(1, 0)).containsExactly(NAN, 7);
    assertThat(table.value(0, 1, 2)).isEqualTo(6);
    assertThat(table.indexOf("B")).isEqualTo(1);
  }

  @Test
  void whenAColumnIsNotThere_thenTheColumnsAreNamed() {
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> table().indexOf("C\n"))
        .hasMessageContaining("'C\\u000A'; there are [A, B]");
  }

  @Test
  void whenACopyIsChanged_thenTheTableIsNot() {
    FactorTable table = table();
    table.crossSection(0, 0)[0] = 99;
    assertThat(table.value(0, 0, 0)).isEqualTo(1);
  }

  @Test
  void whenBuilt_thenNothingMoreIsWritten() {
    FactorTable.Writer writer = FactorTable.writer(List.of("A"), PANEL, 0, 4);
    writer.build();
    assertInvalid(() -> writer.write(0, 0, 0, new double[1], 0, 1));
    LabelTable.Writer labels = LabelTable.writer(List.of("A"), PANEL, 0, 4);
    labels.build();
    assertInvalid(() -> labels.write(0, 0, 0, new double[1], 0, 1));
  }

  @Test
  void whenAnIndexIsOutside_thenThatIsAnIndexErrorAndNothingIsWritten() {
    FactorTable.Writer writer = FactorTable.writer(List.of("A"), PANEL, 1, 4);
    for (int day : new int[] {-1, 2, 3, Integer.MAX_VALUE}) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> writer.write(0, 0, day, new double[2], 0, 2));
    }
    for (int outside : new int[] {-1, 2}) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> writer.write(0, outside, 0, new double[1], 0, 1));
    }
    FactorTable table = writer.build();
    for (int outside : new int[] {-1, 3}) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> table.value(0, 0, outside));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> table.crossSection(0, outside));
    }
    assertThat(table.crossSection(0, 0)).containsOnly(NAN);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> FactorTable.writer(List.of("A"), PANEL, 2, 5));
  }

  @Test
  void whenLabelsAreWritten_thenTheyAreReadInTheSameWay() {
    LabelTable.Writer writer = LabelTable.writer(List.of("L"), PANEL, 0, 4);
    writer.write(0, 1, 0, new double[] {1, 2, 3, 4}, 0, 4);
    LabelTable table = writer.build();
    assertThat(table.names()).containsExactly("L");
    assertThat(table.symbols()).isEqualTo(PANEL.symbols());
    assertThat(table.days()).isEqualTo(DAYS);
    assertThat(table.value(0, 1, 3)).isEqualTo(4);
    assertThat(table.crossSection(0, 0)).containsExactly(NAN, 1);
    assertThat(table.indexOf("L")).isZero();
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> table.indexOf(""));
  }
}
