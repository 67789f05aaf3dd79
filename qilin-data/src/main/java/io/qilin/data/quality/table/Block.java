package io.qilin.data.quality.table;

import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some consecutive rows of a batch, few enough for the nearest cache, or those of them that a condition picks. Each
 * column of numbers is loaded once for all rules. Used by one thread.
 */
final class Block {
  static final int ROWS = 1024;

  private final int[] keys;
  private final double[] @Nullable [] numbers;
  private final boolean[] loaded;
  private final int[] @Nullable [] ints;
  private final boolean[] loadedInts;
  private final int[] picks = new int[ROWS];
  private @Nullable Block base;
  private @Nullable TableBatch batch;
  private String part = "";
  private long batchRow;
  private int from;
  private int size;

  /**
   * An empty block.
   *
   * @param keys places of the columns that name a row
   */
  Block(TableSchema schema, int[] keys) {
    this.keys = keys;
    this.numbers = new double[schema.fields().size()][];
    this.loaded = new boolean[schema.fields().size()];
    this.ints = new int[schema.fields().size()][];
    this.loadedInts = new boolean[schema.fields().size()];
  }

  /** Moves to the rows {@code [start, end)} of a batch whose first row has the number {@code firstRow} in its part. */
  void move(TableBatch to, String name, long firstRow, int start, int end) {
    batch = to;
    part = name;
    batchRow = firstRow;
    from = start;
    size = end - start;
    java.util.Arrays.fill(loaded, false);
    java.util.Arrays.fill(loadedInts, false);
  }

  /** Becomes those rows of another block that fulfil all conditions. */
  void pick(Block whole, List<ConditionTest> tests) {
    move(whole.batch(), whole.part, whole.batchRow, whole.from, whole.from);
    base = whole;
    for (int row = 0; row < whole.size; row++) {
      boolean chosen = true;
      for (int t = 0; t < tests.size() && chosen; t++) {
        chosen = tests.get(t).holds(whole, row);
      }
      picks[size] = row;
      size += chosen ? 1 : 0;
    }
  }

  int size() {
    return size;
  }

  TableBatch batch() {
    if (batch == null) {
      throw new AssertionError("a block is moved before it is read");
    }
    return batch;
  }

  String part() {
    return part;
  }

  /** Whether the rows follow each other in the batch. */
  boolean isWhole() {
    return base == null;
  }

  /** The place of a row in the batch. */
  int at(int row) {
    return from + (base == null ? row : picks[row]);
  }

  /** The number of a row in its part. */
  long row(int row) {
    return batchRow + at(row);
  }

  /** The number in its part of the first row that was looked at, picked or not. */
  long firstRow() {
    return batchRow + from;
  }

  /** The number after that of the last row that was looked at, picked or not. */
  long endRow() {
    return firstRow() + (base == null ? size : base.size);
  }

  Column column(int index) {
    return batch().columns().get(index);
  }

  boolean isKnown(int index, int row) {
    return column(index).isKnown(at(row));
  }

  /** The cells of a column of numbers, days, moments or truth values; {@code NaN} where not known. */
  double[] numbers(int index) {
    double[] cells = numbers[index];
    if (cells == null) {
      cells = new double[ROWS];
      numbers[index] = cells;
    }
    if (!loaded[index]) {
      loaded[index] = true;
      if (base == null) {
        load(column(index), from, size, cells);
      } else {
        double[] all = base.numbers(index);
        for (int i = 0; i < size; i++) {
          cells[i] = all[picks[i]];
        }
      }
    }
    return cells;
  }

  /** The cells of a column of days or whole numbers of 32 bits, whatever where not known. */
  int[] ints(int index) {
    int[] cells = ints[index];
    if (cells == null) {
      cells = new int[ROWS];
      ints[index] = cells;
    }
    if (!loadedInts[index]) {
      loadedInts[index] = true;
      if (base == null) {
        ((IntColumn) column(index)).copy(from, size, cells);
      } else {
        int[] all = base.ints(index);
        for (int i = 0; i < size; i++) {
          cells[i] = all[picks[i]];
        }
      }
    }
    return cells;
  }

  private static void load(Column column, int from, int rows, double[] into) {
    if (column instanceof DoubleColumn doubles) {
      doubles.copy(from, rows, into);
    } else if (column instanceof IntColumn ints) {
      for (int i = 0; i < rows; i++) {
        into[i] = ints.value(from + i);
      }
      mask(column, from, rows, into);
    } else if (column instanceof LongColumn longs) {
      for (int i = 0; i < rows; i++) {
        into[i] = longs.value(from + i);
      }
      mask(column, from, rows, into);
    } else if (column instanceof BooleanColumn booleans) {
      for (int i = 0; i < rows; i++) {
        into[i] = booleans.value(from + i) ? 1 : 0;
      }
      mask(column, from, rows, into);
    } else {
      throw new AssertionError("columns of texts are refused before");
    }
  }

  private static void mask(Column column, int from, int rows, double[] into) {
    if (column.missing() > 0) {
      for (int i = 0; i < rows; i++) {
        into[i] = column.isKnown(from + i) ? into[i] : Double.NaN;
      }
    }
  }

  /** The key of a row for a person: its cells, divided by blanks. */
  String key(int row) {
    StringBuilder out = new StringBuilder();
    for (int key : keys) {
      out.append(out.length() == 0 ? "" : " ").append(cell(column(key), at(row)));
    }
    return out.toString();
  }

  /** A cell for a person. */
  static String cell(Column column, int at) {
    if (!column.isKnown(at)) {
      return "?";
    }
    if (column instanceof TextColumn texts) {
      return texts.words().get(texts.code(at));
    }
    if (column instanceof IntColumn ints) {
      return whole(column.type(), ints.value(at));
    }
    if (column instanceof LongColumn longs) {
      return whole(column.type(), longs.value(at));
    }
    return column instanceof DoubleColumn doubles
        ? Double.toString(doubles.value(at))
        : Boolean.toString(((BooleanColumn) column).value(at));
  }

  /** A whole number, day, moment or time of day for a person. */
  static String whole(ColumnType type, long value) {
    return switch (type) {
      case DATE -> value == (int) value ? LocalDate.ofEpochDay(value).toString() : "day " + value;
      case TIMESTAMP -> Moments.instant(value).toString();
      case TIME ->
        java.time.LocalTime.ofNanoOfDay(
                Math.floorMod(value, java.time.Duration.ofDays(1).toNanos()))
            .toString();
      default -> Long.toString(value);
    };
  }
}
