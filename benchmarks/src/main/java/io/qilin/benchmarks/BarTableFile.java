package io.qilin.benchmarks;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A table of made-up daily bars of 5,000 instruments as a file: day by day, numbers of full precision, none missing. */
final class BarTableFile {
  private static final int INSTRUMENTS = 5000;
  private static final int FIRST_DAY = 16_437;
  private static final List<Field> FIELDS =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME, Field.AMOUNT);
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
      words.add(name(i));
    }
    SplittableRandom random = new SplittableRandom(42);
    try (TableWriter writer = format.create(file, SCHEMA)) {
      for (int from = 0; from < rows; from += 100 * INSTRUMENTS) {
        writer.write(batch(from, Math.min(100 * INSTRUMENTS, rows - from), words, random));
      }
      writer.commit();
    }
  }

  /** The same numbers as a panel of whole days, for a store that has no tables. */
  static Panel panel(int rows) {
    int days = rows / INSTRUMENTS;
    SplittableRandom random = new SplittableRandom(42);
    double[][][] cells = new double[FIELDS.size()][INSTRUMENTS][days];
    for (int row = 0; row < days * INSTRUMENTS; row++) {
      double[] numbers = row(random);
      for (int f = 0; f < numbers.length; f++) {
        cells[f][row % INSTRUMENTS][row / INSTRUMENTS] = numbers[f];
      }
    }
    List<LocalDate> calendar = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      calendar.add(LocalDate.ofEpochDay(FIRST_DAY + day));
    }
    Panel.Builder panel = Panel.builder(calendar, Adjustment.RAW);
    for (int i = 0; i < INSTRUMENTS; i++) {
      for (int f = 0; f < FIELDS.size(); f++) {
        panel.column(Symbol.parse(name(i)), FIELDS.get(f), 0, cells[f][i]);
      }
    }
    return panel.build();
  }

  private static String name(int instrument) {
    return (600_000 + instrument) + ".SH";
  }

  private static double[] row(SplittableRandom random) {
    double price = 5 + 100 * random.nextDouble();
    double volume = 100.0 * random.nextInt(1, 1_000_000);
    return new double[] {
      price,
      price * (1 + 0.05 * random.nextDouble()),
      price * (1 - 0.05 * random.nextDouble()),
      price * (0.98 + 0.04 * random.nextDouble()),
      volume,
      price * volume
    };
  }

  private static TableBatch batch(int from, int rows, List<String> words, SplittableRandom random) {
    int[] days = new int[rows];
    int[] codes = new int[rows];
    double[][] numbers = new double[6][rows];
    for (int i = 0; i < rows; i++) {
      days[i] = FIRST_DAY + (from + i) / INSTRUMENTS;
      codes[i] = (from + i) % INSTRUMENTS;
      double[] row = row(random);
      for (int f = 0; f < row.length; f++) {
        numbers[f][i] = row[f];
      }
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
