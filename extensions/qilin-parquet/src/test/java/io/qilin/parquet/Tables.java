package io.qilin.parquet;

import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.ShanghaiClock;
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
import java.util.Optional;
import java.util.SplittableRandom;

/** Tables of all types for tests. */
final class Tables {
  static final TableSchema ALL_TYPES = new TableSchema(List.of(
      new TableField("number", ColumnType.FLOAT64),
      new TableField("int", ColumnType.INT32),
      new TableField("long", ColumnType.INT64),
      new TableField("day", ColumnType.DATE),
      new TableField("moment", ColumnType.TIMESTAMP),
      new TableField("time", ColumnType.TIME),
      new TableField("text", ColumnType.TEXT),
      new TableField("flag", ColumnType.BOOLEAN)));

  private static final double[] SPECIAL = {
    0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    0.1,
    1e16,
    -1
  };
  private static final String[] TEXTS = {
    "", "600519.SH", "贵州茅台", "=1+1", "'quoted", "a\"b", "line\nend", "\ud83d\ude00", "NaN", " x "
  };

  private Tables() {}

  /** Any rows, a tenth of the cells not known. */
  static TableBatch random(SplittableRandom random, int rows) {
    double[] numbers = new double[rows];
    int[] ints = new int[rows];
    long[] longs = new long[rows];
    int[] days = new int[rows];
    long[] moments = new long[rows];
    long[] times = new long[rows];
    List<String> texts = new ArrayList<>();
    boolean[] flags = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      numbers[i] =
          random.nextInt(3) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextDouble();
      ints[i] = random.nextInt();
      longs[i] = random.nextLong();
      days[i] = random.nextInt(-100_000, 100_000);
      moments[i] = random.nextLong();
      times[i] = random.nextLong(ShanghaiClock.DAY);
      texts.add(random.nextInt(10) == 0 ? null : TEXTS[random.nextInt(TEXTS.length)]);
      flags[i] = random.nextBoolean();
    }
    return new TableBatch(
        ALL_TYPES,
        List.of(
            DoubleColumn.of(numbers),
            IntColumn.of(ColumnType.INT32, ints, some(random, rows)),
            LongColumn.of(ColumnType.INT64, longs, some(random, rows)),
            IntColumn.of(ColumnType.DATE, days, some(random, rows)),
            LongColumn.of(ColumnType.TIMESTAMP, moments, some(random, rows)),
            LongColumn.of(ColumnType.TIME, times, some(random, rows)),
            TextColumn.of(texts),
            BooleanColumn.of(ColumnType.BOOLEAN, flags, some(random, rows))));
  }

  private static BitSet some(SplittableRandom random, int rows) {
    BitSet missing = new BitSet();
    boolean any = random.nextInt(3) > 0;
    for (int i = 0; i < rows; i++) {
      missing.set(i, any && random.nextInt(10) == 0);
    }
    return missing;
  }

  static void write(Path file, TableSchema schema, List<TableBatch> batches) {
    try (TableWriter writer = new ParquetFormat().create(file, schema)) {
      batches.forEach(writer::write);
      writer.commit();
    }
  }

  /** All rows, each as the texts of its cells. */
  static List<List<Object>> read(Path file, TableScan scan) {
    List<List<Object>> rows = new ArrayList<>();
    try (TableReader reader = new ParquetFormat().open(file, scan)) {
      for (Optional<TableBatch> b = reader.next(); b.isPresent(); b = reader.next()) {
        rows.addAll(rows(b.get()));
      }
    }
    return rows;
  }

  static List<List<Object>> rows(TableBatch batch) {
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      List<Object> cells = new ArrayList<>();
      for (Column column : batch.columns()) {
        cells.add(column.isKnown(row) ? cell(column, row) : "?");
      }
      rows.add(cells);
    }
    return rows;
  }

  static Object cell(Column column, int row) {
    if (column instanceof DoubleColumn cells) {
      return cells.value(row);
    } else if (column instanceof IntColumn cells) {
      return cells.value(row);
    } else if (column instanceof LongColumn cells) {
      return cells.value(row);
    } else if (column instanceof BooleanColumn cells) {
      return cells.value(row);
    }
    TextColumn cells = (TextColumn) column;
    return cells.value(row).orElseThrow();
  }
}
