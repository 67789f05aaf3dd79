package io.qilin.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TableBatchTest {
  private static final TableSchema SCHEMA = new TableSchema(List.of(
      new TableField("instrument", ColumnType.TEXT),
      new TableField("date", ColumnType.DATE),
      new TableField("close", ColumnType.FLOAT64)));

  @Test
  void whenABatchIsMade_thenItsColumnsAreFoundByName() {
    TableBatch batch = batch();
    assertThat(batch.rows()).isEqualTo(3);
    assertThat(batch.column("close")).isInstanceOfSatisfying(DoubleColumn.class, close -> {
      assertThat(close.value(0)).isEqualTo(10.5);
      assertThat(close.isKnown(1)).isFalse();
      assertThat(close.missing()).isEqualTo(1);
    });
    assertThat(batch.column("date")).isInstanceOfSatisfying(IntColumn.class, date -> {
      assertThat(date.value(2)).isEqualTo(9);
      assertThat(date.isKnown(0)).isFalse();
    });
    assertThat(batch.column("instrument"))
        .isInstanceOfSatisfying(
            TextColumn.class, text -> assertThat(text.value(2)).contains("000001.SZ"));
  }

  @Test
  void whenAColumnIsNotThere_thenTheNearestIsNamed() {
    assertCode(() -> batch().column("clse"), ErrorCode.DATA_NOT_FOUND, "close");
    assertThat(SCHEMA.find("clse")).isEmpty();
  }

  @Test
  void whenRowsAreSelected_thenTheyComeInThatOrderWithWhatIsMissing() {
    TableBatch some = batch().select(new int[] {2, 0, 0});
    assertThat(some.rows()).isEqualTo(3);
    DoubleColumn close = (DoubleColumn) some.column("close");
    assertThat(close.value(0)).isEqualTo(11);
    assertThat(close.value(2)).isEqualTo(10.5);
    IntColumn date = (IntColumn) some.column("date");
    assertThat(date.isKnown(0)).isTrue();
    assertThat(date.isKnown(1)).isFalse();
    assertThat(date.missing()).isEqualTo(2);
    TextColumn text = (TextColumn) some.column("instrument");
    assertThat(text.value(0)).contains("000001.SZ");
    assertThat(text.value(1)).contains("600519.SH");
  }

  @Test
  void whenColumnsDoNotFit_thenTheColumnIsNamed() {
    List<Column> columns = batch().columns();
    assertCode(
        () -> new TableBatch(SCHEMA, columns.subList(0, 2)),
        ErrorCode.INVALID_ARGUMENT,
        "3 fields");
    assertCode(
        () -> new TableBatch(SCHEMA, List.of(columns.get(0), columns.get(2), columns.get(2))),
        ErrorCode.INVALID_ARGUMENT,
        "date");
    assertCode(
        () -> new TableBatch(
            SCHEMA, List.of(columns.get(0), columns.get(1), DoubleColumn.of(new double[] {1}))),
        ErrorCode.INVALID_ARGUMENT,
        "close");
  }

  @Test
  void whenTheSourceOfAColumnChanges_thenTheColumnDoesNot() {
    double[] cells = {1, 2};
    long[] longs = {1, 2};
    BitSet missing = new BitSet();
    DoubleColumn doubles = DoubleColumn.of(cells);
    LongColumn whole = LongColumn.of(ColumnType.INT64, longs, missing);
    cells[0] = 9;
    longs[0] = 9;
    missing.set(0);
    assertThat(doubles.value(0)).isEqualTo(1);
    assertThat(whole.value(0)).isEqualTo(1);
    assertThat(whole.isKnown(0)).isTrue();
  }

  @Test
  void whenMadeOfABuffer_thenWhatIsLeftOfItCountsAndItStays() {
    DoubleBuffer doubles = DoubleBuffer.wrap(new double[] {1, 2, 3}).position(1);
    IntBuffer ints = IntBuffer.wrap(new int[] {1, 2, 3}).limit(2);
    LongBuffer longs = LongBuffer.wrap(new long[] {7});
    BitSet last = new BitSet();
    last.set(1);
    assertThat(DoubleColumn.of(doubles).rows()).isEqualTo(2);
    assertThat(doubles.position()).isEqualTo(1);
    assertThat(IntColumn.of(ColumnType.DATE, ints, last).missing()).isEqualTo(1);
    assertThat(LongColumn.of(ColumnType.TIME, longs, new BitSet()).value(0)).isEqualTo(7);
  }

  @Test
  void whenATypeDoesNotFitTheCells_thenItIsRefused() {
    assertCode(
        () -> IntColumn.of(ColumnType.INT64, new int[1]), ErrorCode.INVALID_ARGUMENT, "INT64");
    assertCode(
        () -> LongColumn.of(ColumnType.DATE, new long[1]), ErrorCode.INVALID_ARGUMENT, "DATE");
    assertCode(
        () -> BooleanColumn.of(ColumnType.TEXT, new boolean[1]),
        ErrorCode.INVALID_ARGUMENT,
        "TEXT");
  }

  @Test
  void whenARowBeyondTheLastIsMissing_thenItIsRefused() {
    BitSet beyond = new BitSet();
    beyond.set(2);
    assertCode(
        () -> BooleanColumn.of(ColumnType.BOOLEAN, new boolean[2], beyond),
        ErrorCode.INVALID_ARGUMENT,
        "row 2");
  }

  @Test
  void whenTextsRepeat_thenTheyShareAWord() {
    TextColumn texts = TextColumn.of(Arrays.asList("a", null, "", "a"));
    assertThat(texts.words()).containsExactly("a", "");
    assertThat(texts.code(3)).isZero();
    assertThat(texts.code(1)).isEqualTo(TextColumn.UNKNOWN);
    assertThat(texts.value(1)).isEmpty();
    assertThat(texts.value(2)).isEqualTo(Optional.of(""));
    assertThat(texts.missing()).isEqualTo(1);
    assertCode(
        () -> TextColumn.of(new int[] {0, 1}, List.of("a")), ErrorCode.INVALID_ARGUMENT, "row 1");
  }

  @Test
  void whenASchemaIsNotOne_thenItIsRefused() {
    assertCode(() -> new TableSchema(List.of()), ErrorCode.INVALID_ARGUMENT, "at least one");
    TableField field = new TableField("a", ColumnType.INT32);
    assertCode(
        () -> new TableSchema(List.of(field, field)), ErrorCode.INVALID_ARGUMENT, "two columns");
    assertCode(() -> new TableField("", ColumnType.INT32), ErrorCode.INVALID_ARGUMENT, "not empty");
    assertCode(
        () -> new TableField("\ud800", ColumnType.INT32), ErrorCode.INVALID_ARGUMENT, "surrogate");
  }

  private static TableBatch batch() {
    BitSet first = new BitSet();
    first.set(0);
    return new TableBatch(
        SCHEMA,
        List.of(
            TextColumn.of(List.of("600519.SH", "600519.SH", "000001.SZ")),
            IntColumn.of(ColumnType.DATE, new int[] {7, 8, 9}, first),
            DoubleColumn.of(new double[] {10.5, Double.NaN, 11})));
  }

  private static void assertCode(ThrowingCallable call, ErrorCode code, String part) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(part);
  }
}
