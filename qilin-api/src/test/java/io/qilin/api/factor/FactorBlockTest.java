package io.qilin.api.factor;

import static io.qilin.api.Refusals.assertInvalid;
import static io.qilin.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FactorBlockTest {
  private static final List<LocalDate> DAYS =
      IntStream.rangeClosed(2, 5).mapToObj(d -> LocalDate.of(2024, 1, d)).toList();
  private static final List<Symbol> SYMBOLS =
      List.of(Symbol.parse("000001.SZ"), Symbol.parse("600519.SH"), Symbol.parse("600520.SH"));

  private static FactorBlock block(int days) {
    return FactorBlock.of(List.of("A", "B"), SYMBOLS, days);
  }

  private static FactorBlock filled() {
    FactorBlock block = block(2);
    block.begin(DAYS.subList(1, 3));
    block.write(0, 0, 0, new double[] {1, 2, 3}, 0, 3);
    block.write(0, 1, 1, new double[] {9, 5, 6}, 1, 2);
    block.write(1, 1, 2, new double[] {8}, 0, 1);
    block.end();
    return block;
  }

  @Test
  void whenMade_thenItHasRoomAndHoldsNoDay() {
    FactorBlock block = block(3);

    assertThat(block.names()).containsExactly("A", "B").isUnmodifiable();
    assertThat(block.symbols()).isEqualTo(SYMBOLS).isUnmodifiable();
    assertThat(block.capacity()).isEqualTo(3);
    assertThat(block.days()).isEmpty();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> block.value(0, 0, 0));
  }

  @Test
  void whenDaysNeedSeveralArrays_thenEveryCellIsWhereItWasWritten() {
    List<String> names = IntStream.range(0, 500).mapToObj(i -> "F" + i).toList();
    int instruments = 1000;
    List<Symbol> symbols =
        IntStream.range(0, instruments).mapToObj(i -> Symbol.other("P" + i)).toList();
    List<LocalDate> days =
        IntStream.range(0, 10).mapToObj(d -> DAYS.get(0).plusDays(d)).toList();
    FactorBlock block = FactorBlock.of(names, symbols, days.size());
    block.begin(days);

    for (int day = 0; day < days.size(); day++) {
      for (int column : new int[] {0, 499}) {
        block.write(column, day, 0, row(instruments, column, day), 0, instruments);
      }
    }
    block.end();

    double[] read = new double[instruments];
    for (int day = 0; day < days.size(); day++) {
      for (int column : new int[] {0, 499}) {
        block.crossSection(column, day, read);
        assertThat(read).isEqualTo(row(instruments, column, day));
        assertThat(block.value(column, 999, day)).isEqualTo(read[999]);
      }
      assertThat(block.value(1, 0, day)).isZero();
    }
  }

  private static double[] row(int instruments, int column, int day) {
    return IntStream.range(0, instruments)
        .mapToDouble(i -> column * 1e6 + day * 1e4 + i + 1)
        .toArray();
  }

  @Test
  void whenFilled_thenEveryCellIsWhereItWasWritten() {
    FactorBlock block = filled();
    double[] day = new double[4];

    block.crossSection(0, 0, day);

    assertThat(block.days()).isEqualTo(DAYS.subList(1, 3));
    assertThat(day).containsExactly(1, 2, 3, 0);
    assertThat(block.value(0, 1, 1)).isEqualTo(5);
    assertThat(block.value(0, 2, 1)).isEqualTo(6);
    assertThat(block.value(1, 2, 1)).isEqualTo(8);
  }

  @Test
  void whenFilledAgain_thenTheDaysAreTheNewOnes() {
    FactorBlock block = filled();

    block.begin(DAYS.subList(3, 4));
    block.write(1, 0, 0, new double[] {4, 5, 6}, 0, 3);
    assertThat(block.days()).isEmpty();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> block.value(1, 2, 0));
    block.end();

    assertThat(block.days()).containsExactly(DAYS.get(3));
    assertThat(block.capacity()).isEqualTo(2);
    assertThat(block.value(1, 2, 0)).isEqualTo(6);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> block.value(1, 2, 1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> block.write(0, 1, 0, new double[1], 0, 1));
  }

  @Test
  void whenOutsideOfTheBlock_thenRefused() {
    FactorBlock block = filled();

    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> block.value(2, 0, 0));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> block.value(0, 3, 0));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> block.crossSection(0, 2, new double[3]));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> block.write(0, 0, 2, new double[2], 0, 2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> block.write(2, 0, 0, new double[1], 0, 1));
  }

  @Test
  void whenMoreDaysAreToBeWrittenThanItHolds_thenRefused() {
    FactorBlock block = filled();

    assertInvalid(() -> block.begin(DAYS)).hasMessageContaining("holds 2 days, not the 4");
    assertThat(block.days()).isEqualTo(DAYS.subList(1, 3));
  }

  @Test
  void whenThereIsNoDayOrTooMuchOfAll_thenRefused() {
    List<Symbol> many = Collections.nCopies(70_000, new Symbol("600519", Exchange.SSE));
    List<String> names = Collections.nCopies(70_000, "A");

    assertInvalid(() -> block(0)).hasMessageContaining("at least one day, was 0");
    assertInvalid(() -> block(-1)).hasMessageContaining("-1");
    assertRefused(ErrorCode.LIMIT_EXCEEDED, () -> FactorBlock.of(names, many, 1))
        .hasMessageContaining("70000 columns × 70000 instruments");
    for (int days : new int[] {1_000_000_000, Integer.MAX_VALUE}) {
      assertRefused(
              ErrorCode.RESOURCE_EXHAUSTED,
              () -> FactorBlock.of(Collections.nCopies(50, "A"), SYMBOLS, days))
          .hasMessageContaining("fewer days at a time");
    }
  }

  @Test
  void whenATableTakesTheBlock_thenItHasItsCellsAndTheBlockIsClosed() {
    FactorBlock block = filled();

    FactorTable table = FactorTable.take(block);

    assertThat(table.names()).isEqualTo(block.names());
    assertThat(table.symbols()).isEqualTo(SYMBOLS);
    assertThat(table.days()).isEqualTo(DAYS.subList(1, 3)).isUnmodifiable();
    assertThat(table.crossSection(0, 0)).containsExactly(1, 2, 3);
    assertThat(table.value(1, 2, 1)).isEqualTo(8);
    assertInvalid(() -> block.begin(DAYS.subList(0, 1))).hasMessageContaining("taken over");
    assertInvalid(() -> block.write(0, 0, 0, new double[] {7}, 0, 1))
        .hasMessageContaining("taken over");
    assertInvalid(block::end).hasMessageContaining("taken over");
    assertInvalid(() -> FactorTable.take(block)).hasMessageContaining("taken over before");
    assertInvalid(() -> LabelTable.take(block)).hasMessageContaining("taken over before");
  }

  @Test
  void whenTheBlockIsNotFull_thenNoTableTakesIt() {
    FactorBlock block = block(3);
    block.begin(DAYS.subList(0, 2));
    block.end();

    assertInvalid(() -> FactorTable.take(block)).hasMessageContaining("2 of 3 days");
    List<LocalDate> days = new ArrayList<>(DAYS.subList(0, 3));
    block.begin(days);
    days.clear();
    assertInvalid(() -> FactorTable.take(block)).hasMessageContaining("0 of 3 days");
    block.end();
    assertThat(LabelTable.take(block).days()).isEqualTo(DAYS.subList(0, 3));
  }
}
