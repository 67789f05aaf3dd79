package io.qilin.data.csv;

import io.qilin.data.internal.CellException;
import io.qilin.data.internal.DateCell;
import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TextColumn;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** Gathers the cells of one column of one batch. */
abstract sealed class CellColumn {
  private static final int FIRST = 256;

  private BitSet missing = new BitSet();
  private int rows;

  /** An empty column. */
  static CellColumn of(ColumnType type) {
    return switch (type) {
      case FLOAT64 -> new Doubles();
      case INT32, DATE -> new Ints(type);
      case INT64, TIMESTAMP, TIME -> new Longs(type);
      case BOOLEAN -> new Booleans();
      case TEXT -> new Texts();
    };
  }

  /**
   * Adds the cell in {@code text[from, to)}.
   *
   * @param known whether a cell without characters is a text all the same
   * @return bytes of memory that it takes, about
   * @throws CellException if it is no value of the type
   */
  abstract int add(char[] text, int from, int to, boolean known) throws CellException;

  /** The cells so far; then the column is empty again. */
  abstract Column take();

  final int next() {
    return rows++;
  }

  final int size() {
    return rows;
  }

  final void miss() {
    missing.set(rows++);
  }

  final BitSet reset() {
    BitSet all = missing;
    missing = new BitSet();
    rows = 0;
    return all;
  }

  /** Forgets the cells from a row on. */
  final void cut(int from) {
    if (from < rows) {
      missing.clear(from, rows);
      rows = from;
    }
  }

  /** A cell without a value, in the ways in which columns of numbers write it. */
  private static boolean isMissing(char[] text, int from, int to) {
    try {
      return from == to || Double.isNaN(NumberCell.parse(text, from, to, true));
    } catch (CellException e) {
      return false;
    }
  }

  /** Numbers. */
  static final class Doubles extends CellColumn {
    private double[] cells = new double[FIRST];

    @Override
    int add(char[] text, int from, int to, boolean known) throws CellException {
      add(TypedCell.number(text, from, to));
      return Double.BYTES;
    }

    /** Adds a number. */
    void add(double number) {
      cells = size() < cells.length ? cells : Arrays.copyOf(cells, 2 * size());
      cells[next()] = number;
    }

    @Override
    Column take() {
      Column column = DoubleColumn.of(DoubleBuffer.wrap(cells, 0, size()));
      reset();
      return column;
    }
  }

  private static final class Ints extends CellColumn {
    private final ColumnType type;
    private int[] cells = new int[FIRST];

    Ints(ColumnType type) {
      this.type = type;
    }

    @Override
    int add(char[] text, int from, int to, boolean known) throws CellException {
      cells = size() < cells.length ? cells : Arrays.copyOf(cells, 2 * size());
      if (from == to || (type == ColumnType.INT32 && isMissing(text, from, to))) {
        miss();
        return Integer.BYTES;
      }
      int cell = type == ColumnType.DATE ? DateCell.parse(text, from, to) : whole(text, from, to);
      cells[next()] = cell;
      return Integer.BYTES;
    }

    private static int whole(char[] text, int from, int to) throws CellException {
      long value = TypedCell.whole(text, from, to);
      if (value != (int) value) {
        throw new CellException("not a whole number of 32 bits");
      }
      return (int) value;
    }

    @Override
    Column take() {
      int size = size();
      return IntColumn.of(type, IntBuffer.wrap(cells, 0, size), reset());
    }
  }

  private static final class Longs extends CellColumn {
    private final ColumnType type;
    private long[] cells = new long[FIRST];

    Longs(ColumnType type) {
      this.type = type;
    }

    @Override
    int add(char[] text, int from, int to, boolean known) throws CellException {
      cells = size() < cells.length ? cells : Arrays.copyOf(cells, 2 * size());
      if (from == to || (type == ColumnType.INT64 && isMissing(text, from, to))) {
        miss();
        return Long.BYTES;
      }
      long cell = switch (type) {
        case TIMESTAMP -> MomentCell.moment(new String(text, from, to - from));
        case TIME -> MomentCell.time(new String(text, from, to - from));
        default -> TypedCell.whole(text, from, to);
      };
      cells[next()] = cell;
      return Long.BYTES;
    }

    @Override
    Column take() {
      int size = size();
      return LongColumn.of(type, LongBuffer.wrap(cells, 0, size), reset());
    }
  }

  private static final class Booleans extends CellColumn {
    private boolean[] cells = new boolean[FIRST];

    @Override
    int add(char[] text, int from, int to, boolean known) throws CellException {
      cells = size() < cells.length ? cells : Arrays.copyOf(cells, 2 * size());
      if (from == to) {
        miss();
      } else {
        boolean cell = TypedCell.flag(text, from, to);
        cells[next()] = cell;
      }
      return 1;
    }

    @Override
    Column take() {
      boolean[] some = Arrays.copyOf(cells, size());
      return BooleanColumn.of(ColumnType.BOOLEAN, some, reset());
    }
  }

  private static final class Texts extends CellColumn {
    /** What a new text takes beside its characters. */
    private static final int WORD = 120;

    private int[] cells = new int[FIRST];
    private WordIndex words = new WordIndex();

    @Override
    int add(char[] text, int from, int to, boolean known) {
      cells = size() < cells.length ? cells : Arrays.copyOf(cells, 2 * size());
      if (from == to && !known) {
        cells[next()] = TextColumn.UNKNOWN;
        return Integer.BYTES;
      }
      int before = words.words().size();
      cells[next()] = words.number(text, from, to);
      boolean isNew = words.words().size() > before;
      return Integer.BYTES + (isNew ? WORD + 4 * (to - from) : 0);
    }

    @Override
    Column take() {
      Column column = TextColumn.of(Arrays.copyOf(cells, size()), words.words());
      words = new WordIndex();
      reset();
      return column;
    }
  }
}
