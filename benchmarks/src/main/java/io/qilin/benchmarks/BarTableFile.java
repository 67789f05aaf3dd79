package io.qilin.benchmarks;

import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableFormat;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A table of made-up daily bars of 5,000 instruments as a file: day by day, numbers of full precision, none missing. */
final class BarTableFile {
  private static final int INSTRUMENTS = 5000;
  private static final int FIRST_DAY = 16_437;
  private static final TableSchema SCHEMA = new TableSchema(List.of(
      new TableField("day", ColumnType.DATE),
      new TableField("instrument", ColumnType.TEXT),
      new TableField("open", ColumnType.FLOAT64),
      new TableField("high", ColumnType.FLOAT64),
      new TableField("low", ColumnType.FLOAT64),
      new TableField("close", ColumnType.FLOAT64),
      new TableField("volume", ColumnType.FLOAT64),
      new TableField("amount", ColumnType.FLOAT64)));

  private BarTableFile() {}

  /** Writes it, a hundred days a batch. */
  static void write(TableFormat format, Path file, int rows) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < INSTRUMENTS; i++) {
      words.add((600_000 + i) + ".SH");
    }
    SplittableRandom random = new SplittableRandom(42);
    try (TableWriter writer = format.create(file, SCHEMA)) {
      for (int from = 0; from < rows; from += 100 * INSTRUMENTS) {
        writer.write(batch(from, Math.min(100 * INSTRUMENTS, rows - from), words, random));
      }
      writer.commit();
    }
  }

  private static TableBatch batch(int from, int rows, List<String> words, SplittableRandom random) {
    int[] days = new int[rows];
    int[] codes = new int[rows];
    double[][] numbers = new double[6][rows];
    for (int i = 0; i < rows; i++) {
      days[i] = FIRST_DAY + (from + i) / INSTRUMENTS;
      codes[i] = (from + i) % INSTRUMENTS;
      double price = 5 + 100 * random.nextDouble();
      numbers[0][i] = price;
      numbers[1][i] = price * (1 + 0.05 * random.nextDouble());
      numbers[2][i] = price * (1 - 0.05 * random.nextDouble());
      numbers[3][i] = price * (0.98 + 0.04 * random.nextDouble());
      numbers[4][i] = 100.0 * random.nextInt(1, 1_000_000);
      numbers[5][i] = price * numbers[4][i];
    }
    return new TableBatch(
        SCHEMA,
        List.of(
            IntColumn.of(ColumnType.DATE, days),
            TextColumn.of(codes, words),
            DoubleColumn.of(numbers[0]),
            DoubleColumn.of(numbers[1]),
            DoubleColumn.of(numbers[2]),
            DoubleColumn.of(numbers[3]),
            DoubleColumn.of(numbers[4]),
            DoubleColumn.of(numbers[5])));
  }
}
