package io.qilin.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowFilterTest {
  private static final TableSchema SCHEMA = new TableSchema(List.of(
      new TableField("day", ColumnType.DATE),
      new TableField("at", ColumnType.TIMESTAMP),
      new TableField("symbol", ColumnType.TEXT),
      new TableField("close", ColumnType.FLOAT64)));
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 2);

  private static TableBatch batch() {
    BitSet last = new BitSet();
    last.set(4);
    int day = (int) FIRST.toEpochDay();
    long[] at = {
      nanos("2024-01-01T15:59:59.999999999Z"),
      nanos("2024-01-01T16:00:00Z"),
      nanos("2024-01-02T15:59:59.999999999Z"),
      nanos("2024-01-02T16:00:00Z"),
      nanos("2024-01-02T01:00:00Z")
    };
    return new TableBatch(
        SCHEMA,
        List.of(
            IntColumn.of(ColumnType.DATE, new int[] {day - 1, day, day, day + 1, day}, last),
            LongColumn.of(ColumnType.TIMESTAMP, at, last),
            TextColumn.of(Arrays.asList("a", "b", "a", "a", null)),
            DoubleColumn.of(new double[] {0, 1, 2, 3, 4})));
  }

  private static long nanos(String moment) {
    Instant at = Instant.parse(moment);
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  private static List<Double> closes(TableScan scan) {
    TableBatch read = RowFilter.of(SCHEMA, scan.withColumns(List.of("close"))).apply(batch());
    DoubleColumn column = (DoubleColumn) read.column("close");
    assertThat(read.schema().names()).containsExactly("close");
    return IntStream.range(0, read.rows()).mapToObj(column::value).toList();
  }

  @Test
  void whenThereIsNoFilter_thenAllRowsAreGiven() {
    assertThat(closes(TableScan.ALL)).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
  }

  @Test
  void whenDaysAreWanted_thenDatesAndMomentsInShanghaiDecideAndUnknownOnesAreNotAccepted() {
    for (String column : List.of("day", "at")) {
      TableFilter days = new TableFilter.Days(column, FIRST, FIRST);
      assertThat(closes(TableScan.ALL.where(days))).as(column).containsExactly(1.0, 2.0);
      TableFilter all = new TableFilter.Days(column, LocalDate.MIN, LocalDate.MAX);
      assertThat(closes(TableScan.ALL.where(all))).as(column).containsExactly(0.0, 1.0, 2.0, 3.0);
      TableFilter none = new TableFilter.Days(column, LocalDate.MIN, LocalDate.of(-9999, 1, 1));
      assertThat(closes(TableScan.ALL.where(none))).as(column).isEmpty();
      TableFilter late = new TableFilter.Days(column, LocalDate.of(9999, 1, 1), LocalDate.MAX);
      assertThat(closes(TableScan.ALL.where(late))).as(column).isEmpty();
    }
  }

  @Test
  void whenSeveralFiltersAreThere_thenAllMustAccept() {
    TableScan scan = TableScan.ALL
        .where(new TableFilter.Texts("symbol", Set.of("a", "c")))
        .where(new TableFilter.Days("day", FIRST, FIRST.plusDays(5)));
    assertThat(closes(scan)).containsExactly(2.0, 3.0);
    assertThat(closes(TableScan.ALL.where(new TableFilter.Texts("symbol", Set.of()))))
        .isEmpty();
  }

  @Test
  void whenColumnsAreNeeded_thenThoseOfFiltersAreThereInTheOrderOfTheFile() {
    TableScan scan = TableScan.ALL
        .withColumns(List.of("close"))
        .where(new TableFilter.Texts("symbol", Set.of()));
    assertThat(RowFilter.needed(SCHEMA.names(), scan)).containsExactly("symbol", "close");
    assertThat(RowFilter.needed(SCHEMA.names(), TableScan.ALL)).isEqualTo(SCHEMA.names());
    assertThatThrownBy(
            () -> RowFilter.needed(SCHEMA.names(), TableScan.ALL.withColumns(List.of("clos"))))
        .hasMessageContaining("'close'")
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
  }

  @Test
  void whenAFilterDoesNotFitItsColumn_thenItIsRefused() {
    for (TableFilter filter : List.of(
        new TableFilter.Days("close", FIRST, FIRST), new TableFilter.Texts("day", Set.of("a")))) {
      assertThatThrownBy(() -> RowFilter.of(SCHEMA, TableScan.ALL.where(filter)))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }
}
