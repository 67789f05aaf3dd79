package io.qilin.data.arrow;

import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** Tables for tests. */
final class Tables {
  static final TableSchema ALL_TYPES = new TableSchema(List.of(
      new TableField("close", ColumnType.FLOAT64),
      new TableField("lots", ColumnType.INT32),
      new TableField("volume", ColumnType.INT64),
      new TableField("day", ColumnType.DATE),
      new TableField("at", ColumnType.TIMESTAMP),
      new TableField("time", ColumnType.TIME),
      new TableField("名称", ColumnType.TEXT),
      new TableField("symbol", ColumnType.TEXT),
      new TableField("traded", ColumnType.BOOLEAN)));

  private Tables() {}

  /** Rows with cells of all types, about every eighth of them not known. */
  static TableBatch random(SplittableRandom random, int rows) {
    double[] doubles = random.doubles(rows, -1e6, 1e6).toArray();
    int[] ints = random.ints(rows).toArray();
    long[] longs = random.longs(rows).toArray();
    long[] times = random.longs(rows, 0, 86_400_000_000_000L).toArray();
    boolean[] booleans = new boolean[rows];
    List<String> texts = new ArrayList<>();
    int[] symbols = new int[rows];
    for (int i = 0; i < rows; i++) {
      booleans[i] = random.nextBoolean();
      doubles[i] = random.nextInt(8) == 0 ? Double.NaN : doubles[i];
      texts.add(random.nextInt(8) == 0 ? null : "茅台 😀".repeat(random.nextInt(3)) + ints[i]);
      symbols[i] = random.nextInt(-1, 3);
    }
    List<Column> columns = List.of(
        DoubleColumn.of(doubles),
        IntColumn.of(ColumnType.INT32, ints, missing(random, rows)),
        LongColumn.of(ColumnType.INT64, longs, missing(random, rows)),
        IntColumn.of(ColumnType.DATE, ints, missing(random, rows)),
        LongColumn.of(ColumnType.TIMESTAMP, longs, new BitSet()),
        LongColumn.of(ColumnType.TIME, times, missing(random, rows)),
        TextColumn.of(texts),
        TextColumn.of(symbols, List.of("600519.SH", "000001.SZ", "")),
        BooleanColumn.of(ColumnType.BOOLEAN, booleans, missing(random, rows)));
    return new TableBatch(ALL_TYPES, columns);
  }

  private static BitSet missing(SplittableRandom random, int rows) {
    BitSet missing = new BitSet();
    for (int i = 0; i < rows; i++) {
      missing.set(i, random.nextInt(8) == 0);
    }
    return missing;
  }

  static void write(Path target, TableSchema schema, List<TableBatch> batches) {
    try (TableWriter out = new ArrowFormat().create(target, schema)) {
      batches.forEach(out::write);
      out.commit();
    }
  }

  static List<TableBatch> read(Path file, TableScan scan) {
    try (TableReader reader = new ArrowFormat().open(file, scan)) {
      return rest(reader);
    }
  }

  static List<TableBatch> rest(TableReader reader) {
    List<TableBatch> batches = new ArrayList<>();
    for (var batch = reader.next(); batch.isPresent(); batch = reader.next()) {
      batches.add(batch.get());
    }
    return batches;
  }

  /** All cells of all batches: by batch, column and row; null where they are not known. */
  static List<List<List<Object>>> cells(List<TableBatch> batches) {
    List<List<List<Object>>> all = new ArrayList<>();
    for (TableBatch batch : batches) {
      all.add(new ArrayList<>(batch.columns().stream().map(Tables::cells).toList()));
    }
    return all;
  }

  static List<Object> cells(Column column) {
    List<Object> cells = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      cells.add(column.isKnown(row) ? cell(column, row) : null);
    }
    return cells;
  }

  private static Object cell(Column column, int row) {
    if (column instanceof DoubleColumn doubles) {
      return doubles.value(row);
    }
    if (column instanceof IntColumn ints) {
      return ints.value(row);
    }
    if (column instanceof LongColumn longs) {
      return longs.value(row);
    }
    if (column instanceof TextColumn texts) {
      return texts.value(row).orElseThrow();
    }
    return ((BooleanColumn) column).value(row);
  }
}
