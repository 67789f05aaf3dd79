package io.qilin.data.arrow;

import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.NearestDouble;
import io.qilin.data.table.ShanghaiClock;
import io.qilin.data.table.TextColumn;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Turns the buffers of one column of one batch into cells, all of which are checked: a cell that its column cannot hold
 * is an error that names the row.
 */
final class ColumnDecoder {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final long DAY_NANOS = DAY_MILLIS * 1_000_000L;

  private final BodyBuffers buffers;
  private final MemoryBudget budget;
  private final int rows;

  ColumnDecoder(BodyBuffers buffers, MemoryBudget budget, int rows) {
    this.buffers = buffers;
    this.budget = budget;
    this.rows = rows;
  }

  /** Reads a column of numbers, moments, days, times or truth values. */
  Column decode(CellType type, int firstBuffer, int nulls, Where where) {
    if (type.kind() == CellType.Kind.NULL) {
      budget.take(4L * rows, where);
      int[] codes = new int[rows];
      Arrays.fill(codes, TextColumn.UNKNOWN);
      return TextColumn.of(codes, List.of());
    }
    ColumnType as = type.kind().type();
    budget.take((long) rows * bytesEach(as), where);
    BitSet missing = Validity.missing(buffers, firstBuffer, rows, nulls, where);
    ByteBuffer cells = cells(type.kind(), firstBuffer + 1, where);
    return switch (as) {
      case FLOAT64 -> DoubleColumn.of(doubles(type, cells, missing, where));
      case INT32 -> IntColumn.of(as, ints(type.kind(), cells), missing);
      case DATE -> IntColumn.of(as, days(type.kind(), cells, missing, where), missing);
      case INT64 -> LongColumn.of(as, longs(type.kind(), cells, missing, where), missing);
      case TIMESTAMP -> LongColumn.of(as, moments(type, cells, missing, where), missing);
      case TIME -> LongColumn.of(as, times(type, cells, missing, where), missing);
      case BOOLEAN -> BooleanColumn.of(as, booleans(cells), missing);
      case TEXT -> throw where.unsupported("texts are read elsewhere");
    };
  }

  /** The references of a dictionary-encoded column; {@link TextColumn#UNKNOWN} where it is null. */
  int[] codes(CellType.Kind index, int words, int firstBuffer, int nulls, Where where) {
    budget.take(4L * rows, where);
    BitSet missing = Validity.missing(buffers, firstBuffer, rows, nulls, where);
    ByteBuffer cells = cells(index, firstBuffer + 1, where);
    int[] codes = new int[rows];
    if (index == CellType.Kind.INT32) {
      cells.asIntBuffer().get(codes);
    } else {
      for (int i = 0; i < rows; i++) {
        long code = whole(index, cells, i);
        codes[i] = code == (int) code ? (int) code : -1;
      }
    }
    for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
      codes[i] = TextColumn.UNKNOWN;
    }
    for (int i = 0; i < rows; i++) {
      if (codes[i] >= words || (codes[i] < 0 && !missing.get(i))) {
        throw where.broken("row " + i + " refers to word " + whole(index, cells, i)
            + " of a dictionary of " + words);
      }
    }
    return codes;
  }

  private static int bytesEach(ColumnType type) {
    return switch (type) {
      case FLOAT64, INT64, TIMESTAMP, TIME -> Long.BYTES;
      case INT32, DATE, TEXT -> Integer.BYTES;
      case BOOLEAN -> 1;
    };
  }

  private ByteBuffer cells(CellType.Kind kind, int buffer, Where where) {
    ByteBuffer cells = buffers.get(buffer, where);
    long needed = kind == CellType.Kind.BOOL ? (rows + 7L) / 8 : (long) rows * kind.width();
    if (cells.remaining() < needed) {
      throw where.broken(rows + " rows need " + needed + " bytes, there are " + cells.remaining());
    }
    return cells.limit((int) needed);
  }

  private DoubleBuffer doubles(CellType type, ByteBuffer cells, BitSet missing, Where where) {
    CellType.Kind kind = type.kind();
    if (kind == CellType.Kind.FLOAT64 && missing.isEmpty()) {
      return cells.asDoubleBuffer();
    }
    double[] values = kind.isDecimal()
        ? DecimalDecoder.read(type, cells, rows, missing, where)
        : floats(kind, cells);
    for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
      values[i] = Double.NaN;
    }
    return DoubleBuffer.wrap(values);
  }

  private double[] floats(CellType.Kind kind, ByteBuffer cells) {
    double[] values = new double[rows];
    switch (kind) {
      case FLOAT64 -> cells.asDoubleBuffer().get(values);
      case FLOAT32 -> {
        for (int i = 0; i < rows; i++) {
          values[i] = cells.getFloat(4 * i);
        }
      }
      default -> {
        for (int i = 0; i < rows; i++) {
          values[i] = NearestDouble.ofHalf(cells.getShort(2 * i));
        }
      }
    }
    return values;
  }

  /** A whole number of any width; of 64 bits without sign as if it had one. */
  private static long whole(CellType.Kind kind, ByteBuffer cells, int row) {
    return switch (kind) {
      case INT8 -> cells.get(row);
      case UINT8 -> cells.get(row) & 0xff;
      case INT16 -> cells.getShort(2 * row);
      case UINT16 -> cells.getShort(2 * row) & 0xffff;
      case UINT32 -> cells.getInt(4 * row) & 0xffff_ffffL;
      default -> kind.width() == Integer.BYTES ? cells.getInt(4 * row) : cells.getLong(8 * row);
    };
  }

  private IntBuffer ints(CellType.Kind kind, ByteBuffer cells) {
    if (kind == CellType.Kind.INT32) {
      return cells.asIntBuffer();
    }
    int[] values = new int[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = (int) whole(kind, cells, i);
    }
    return IntBuffer.wrap(values);
  }

  private IntBuffer days(CellType.Kind kind, ByteBuffer cells, BitSet missing, Where where) {
    if (kind == CellType.Kind.DAYS) {
      return cells.asIntBuffer();
    }
    int[] values = new int[rows];
    for (int i = 0; i < rows; i++) {
      long millis = cells.getLong(8 * i);
      long day = Math.floorDiv(millis, DAY_MILLIS);
      values[i] = (int) day;
      if ((millis % DAY_MILLIS != 0 || day != (int) day) && !missing.get(i)) {
        throw where.broken("row " + i + " has " + millis + " ms, which is no whole day");
      }
    }
    return IntBuffer.wrap(values);
  }

  private LongBuffer longs(CellType.Kind kind, ByteBuffer cells, BitSet missing, Where where) {
    if (kind == CellType.Kind.INT64) {
      return cells.asLongBuffer();
    }
    long[] values = new long[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = whole(kind, cells, i);
      if (values[i] < 0 && !missing.get(i)) {
        throw where.unsupported("row " + i + " has " + Long.toUnsignedString(values[i])
            + ", more than 64 bits with a sign hold; write the column as float64 or text");
      }
    }
    return LongBuffer.wrap(values);
  }

  private LongBuffer moments(CellType type, ByteBuffer cells, BitSet missing, Where where) {
    if (type.nanos() == 1 && !type.local()) {
      return cells.asLongBuffer();
    }
    long most = Long.MAX_VALUE / type.nanos();
    long[] values = new long[rows];
    for (int i = 0; i < rows; i++) {
      long units = cells.getLong(8 * i);
      values[i] = units * type.nanos();
      if ((units > most || units < -most) && !missing.get(i)) {
        throw where.unsupported("row " + i + " has the moment " + units + " × " + type.nanos()
            + " ns, which lies outside 1677 to 2262");
      }
      if (type.local() && !missing.get(i)) {
        values[i] = instant(values[i], i, where);
      }
    }
    return LongBuffer.wrap(values);
  }

  private static long instant(long reading, int row, Where where) {
    try {
      return ShanghaiClock.instant(reading);
    } catch (ArithmeticException e) {
      throw where.unsupported(
          "row " + row + " has a moment in Shanghai that lies outside 1677 to 2262");
    }
  }

  /** Times up to 24:00: the format ends its days before it, but DuckDB, which has that time, writes it. */
  private LongBuffer times(CellType type, ByteBuffer cells, BitSet missing, Where where) {
    long most = DAY_NANOS / type.nanos();
    long[] values = new long[rows];
    for (int i = 0; i < rows; i++) {
      long units = type.kind() == CellType.Kind.TIME32 ? cells.getInt(4 * i) : cells.getLong(8 * i);
      values[i] = units * type.nanos();
      if ((units < 0 || units > most) && !missing.get(i)) {
        throw where.broken(
            "row " + i + " has the time " + units + " × " + type.nanos() + " ns, which no day has");
      }
    }
    return LongBuffer.wrap(values);
  }

  private boolean[] booleans(ByteBuffer cells) {
    boolean[] values = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = (cells.get(i >> 3) >>> (i & 7) & 1) != 0;
    }
    return values;
  }
}
