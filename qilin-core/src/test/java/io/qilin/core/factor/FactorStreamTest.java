package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactorStreamTest {
  private static final double NAN = Double.NaN;
  private static final Symbol A = symbol(0);
  private static final Symbol B = symbol(1);
  private static final Symbol C = symbol(2);
  private static final FactorSet SET = FactorSet.of(
      "two", new Factor("mean", "Mean($close,2)"), new Factor("range", "$high-$close"));
  private static final FactorEngine LENIENT =
      FactorEngine.builder().missing(MissingData.NAN).build();

  @Test
  void whenStarted_thenItSaysWhatItHoldsAndReads() {
    FactorStream stream = FactorEngine.DEFAULT.stream(SET, List.of(B, A));

    assertThat(stream.names()).containsExactly("mean", "range");
    assertThat(stream.symbols()).containsExactly(B, A);
    assertThat(stream.fields()).containsExactlyInAnyOrder(Field.CLOSE, Field.HIGH);
    assertThat(stream.rows()).isZero();
    assertThat(stream.stateBytesPerInstrument()).isPositive();
    assertThat(stream.value(0, 0)).isNaN();
    assertThat(copy(stream, 0)).containsExactly(NAN, NAN);
  }

  @Test
  void whenPushed_thenValuesAreThoseOfTheRowsSoFar() {
    FactorStream stream = FactorEngine.DEFAULT.stream(SET, List.of(A, B));
    CrossSection row = stream.newRow();

    stream.push(row.set(Field.CLOSE, 0, 1).set(Field.HIGH, 0, 5).set(Field.CLOSE, 1, 10));
    assertThat(copy(stream, 0)).containsExactly(1, 10);
    assertThat(copy(stream, 1)).containsExactly(4, NAN);

    stream.push(row.set(Field.CLOSE, 0, 2));
    assertThat(copy(stream, 0)).containsExactly(1.5, 10);
    assertThat(stream.value(0, 0)).isEqualTo(1.5);
    assertThat(stream.value(1, 0)).isEqualTo(3);
    assertThat(stream.value(1, 1)).isNaN();
    assertThat(stream.rows()).isEqualTo(2);
  }

  @Test
  void whenARowIsMade_thenNothingIsKnownAndItCanBeFilledAsAColumn() {
    FactorStream stream = FactorEngine.DEFAULT.stream(SET, List.of(A, B));
    CrossSection row = stream.newRow();

    assertThat(row.size()).isEqualTo(2);
    assertThat(row.fields()).containsExactlyInAnyOrder(Field.CLOSE, Field.HIGH);
    assertThat(row.values(Field.CLOSE)).containsExactly(NAN, NAN);

    row.values(Field.CLOSE)[1] = 7;
    stream.push(row);
    assertThat(copy(stream, 0)).containsExactly(NAN, 7);

    row.clear();
    assertThat(row.values(Field.CLOSE)).containsExactly(NAN, NAN);
    stream.push(row);
    stream.push(row);
    assertThat(copy(stream, 0)).containsExactly(NAN, NAN);
  }

  @Test
  void whenAFieldIsNotRead_thenRefusedWithThoseThatAre() {
    CrossSection row = FactorEngine.DEFAULT.stream(SET, List.of(A)).newRow();

    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> row.set(Field.VOLUME, 0, 1), "$volume", "$close");
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> row.values(Field.OPEN), "$open", "$high");
  }

  @Test
  void whenInstrumentsAreNoneOrTwice_thenRefused() {
    assertRefused(
        ErrorCode.INVALID_ARGUMENT,
        () -> FactorEngine.DEFAULT.stream(SET, List.of()),
        "at least one instrument");
    assertRefused(
        ErrorCode.INVALID_ARGUMENT,
        () -> FactorEngine.DEFAULT.stream(SET, List.of(A, B, A)),
        "600000.SH is listed twice");
  }

  @Test
  void whenListedOrDelisted_thenRowsBeginAndEndThere() {
    FactorStream stream = FactorEngine.DEFAULT.stream(SET, List.of(A));
    CrossSection early = stream.newRow();
    stream.push(early.set(Field.CLOSE, 0, 1));

    assertThat(stream.list(B)).isEqualTo(1);
    assertThat(stream.symbols()).containsExactly(A, B);
    assertThat(stream.value(0, 1)).isNaN();
    stream.push(early.set(Field.CLOSE, 0, 3));
    assertThat(copy(stream, 0)).containsExactly(2, NAN);

    stream.push(stream.newRow().set(Field.CLOSE, 0, 5).set(Field.CLOSE, 1, 8));
    assertThat(copy(stream, 0)).containsExactly(4, 8);

    stream.delist(A);
    assertThat(stream.value(0, 0)).isEqualTo(4);
    stream.push(stream.newRow().set(Field.CLOSE, 0, 7).set(Field.CLOSE, 1, 10));
    assertThat(copy(stream, 0)).containsExactly(NAN, 9);
    assertThat(stream.value(0, 0)).isNaN();
    assertThat(stream.symbols()).containsExactly(A, B);
  }

  @Test
  void whenAnInstrumentIsListedTwiceOrUnknown_thenRefusedAndNothingChanges() {
    FactorStream stream = FactorEngine.DEFAULT.stream(SET, List.of(A));
    stream.push(stream.newRow().set(Field.CLOSE, 0, 1));

    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> stream.list(A), "600000.SH is listed already");
    assertRefused(ErrorCode.DATA_NOT_FOUND, () -> stream.delist(C), "600002.SH", "1 instruments");
    assertThat(stream.symbols()).containsExactly(A);
    assertThat(stream.value(0, 0)).isEqualTo(1);
  }

  @Test
  void whenANamedInstrumentIsNotListed_thenRefusedOrTakenAsNaN() {
    FactorSet set = FactorSet.of(
        "other",
        new Factor("sum", "$close+Mask($close,'SH600002')"),
        new Factor("above", "$close>Mask($close,'SH600002')"));

    assertRefused(
        ErrorCode.DATA_NOT_FOUND,
        () -> FactorEngine.DEFAULT.stream(set, List.of(A, B)),
        "600002.SH",
        "2 instruments");

    FactorStream stream = LENIENT.stream(set, List.of(A, B));
    stream.push(stream.newRow().set(Field.CLOSE, 0, 1).set(Field.CLOSE, 1, 2));
    assertThat(copy(stream, 0)).containsExactly(NAN, NAN);
    assertThat(copy(stream, 1)).containsExactly(0, 0);
  }

  @Test
  void whenRowsWillLackAField_thenRefusedByName() {
    FactorPlan plan = FactorEngine.DEFAULT.plan(
        FactorSet.of("s", new Factor("x", "$close/$open"), new Factor("y", "$high")));

    assertRefused(
        ErrorCode.DATA_NOT_FOUND,
        () -> FactorStream.builder(plan, List.of(A))
            .fields(Set.of(Field.CLOSE, Field.HIGH))
            .build(),
        "[$open]");
  }

  @Test
  void whenANamedInstrumentIsListed_thenItIsReadAtItsPlace() {
    FactorSet set = FactorSet.of("other", new Factor("d", "$close-Mask($close,'SH600001')"));
    FactorStream stream = FactorEngine.DEFAULT.stream(set, List.of(A, B));

    stream.push(stream.newRow().set(Field.CLOSE, 0, 9).set(Field.CLOSE, 1, 4));

    assertThat(copy(stream, 0)).containsExactly(5, 0);
  }

  /** The first part has room for 8 instruments, or for all given at the start; a part has room for 512 at most. */
  @ParameterizedTest
  @CsvSource({"1,30", "8,9", "20,3", "505,20", "512,1", "600,600"})
  void whenMoreAreListedThanThereIsRoomFor_thenValuesAreThoseOfTheBatch(int early, int late) {
    int days = 12;
    Panel panel = panel(early, late, days);
    FactorSet set = FactorSet.of(
        "mixed",
        new Factor("std", "Std($close,4)"),
        new Factor("ema", "EMA($close,3)"),
        new Factor("rank", "CSRank($close)"),
        new Factor("z", "Mean(CSZScore(Delta($close,1)),3)"),
        new Factor("other", "Corr($close,Mask($close,'SH600000'),5)"));
    FactorTable batch = FactorEngine.DEFAULT.compute(panel, set);
    FactorStream stream = FactorEngine.DEFAULT.stream(set, panel.symbols().subList(0, early));

    for (int day = 0; day < days; day++) {
      for (int i = early; i < early + late; i++) {
        if (panel.firstRow(i) == day) {
          assertThat(stream.list(panel.symbols().get(i))).isEqualTo(i);
        }
      }
      CrossSection row = stream.newRow();
      for (int i = 0; i < row.size(); i++) {
        row.set(Field.CLOSE, i, panel.value(Field.CLOSE, i, day));
      }
      stream.push(row);
      for (int factor = 0; factor < set.factors().size(); factor++) {
        double[] expected = batch.crossSection(factor, day);
        assertThat(copy(stream, factor))
            .as("%s, day %s", set.names().get(factor), day)
            .isEqualTo(Arrays.copyOf(expected, row.size()));
      }
    }
    assertThat(stream.symbols()).isEqualTo(panel.symbols());
  }

  /** So many instruments from the first day on, and so many that are listed on the days 3 to 5. */
  private static Panel panel(int early, int late, int days) {
    Panel.Builder builder = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, days), Adjustment.RAW);
    for (int i = 0; i < early + late; i++) {
      int first = i < early ? 0 : 3 + 2 * (i - early) / late;
      int own = i;
      double[] closes = IntStream.range(0, days - first)
          .mapToDouble(t -> 10 + Math.sin(own * 7.0 + t * t))
          .toArray();
      builder.column(symbol(i), Field.CLOSE, first, closes);
    }
    return builder.build();
  }

  private static double[] copy(FactorStream stream, int factor) {
    double[] values = new double[stream.symbols().size()];
    stream.copy(factor, values);
    List<Double> single = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      single.add(stream.value(factor, i));
    }
    assertThat(single).containsExactly(Arrays.stream(values).boxed().toArray(Double[]::new));
    return values;
  }

  private static Symbol symbol(int number) {
    return new Symbol(Integer.toString(600_000 + number), Exchange.SSE);
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContainingAll(words);
  }
}
