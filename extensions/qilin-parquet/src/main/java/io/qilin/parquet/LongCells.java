package io.qilin.parquet;

import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.NearestDouble;
import io.qilin.data.table.ShanghaiClock;
import java.util.BitSet;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/** Whole numbers stored in 64 bits, or moments of 96: nanoseconds of the day and the Julian day. */
final class LongCells extends Cells {
  private static final int WIDE = 12;
  private static final int JULIAN_1970 = 2_440_588;

  private final long[] cells;
  private final boolean wide;
  private final Meaning meaning;
  private long[] words = {};

  LongCells(int rows, Type type, Meaning meaning, Place place) {
    super(place);
    this.cells = new long[rows];
    this.wide = type == Type.INT96;
    this.meaning = meaning;
  }

  @Override
  void dictionary(Bytes page, int count) {
    page.require((long) count * (wide ? WIDE : Long.BYTES));
    words = new long[count];
    plain(page, words, 0, count);
  }

  private void plain(Bytes page, long[] out, int from, int count) {
    if (!wide) {
      page.buffer(count, Long.BYTES).asLongBuffer().get(out, from, count);
      return;
    }
    for (int i = from; i < from + count; i++) {
      long nanos = page.int64();
      long day = page.int32() - (long) JULIAN_1970;
      try {
        out[i] = Math.addExact(Math.multiplyExact(day, ShanghaiClock.DAY), nanos);
      } catch (ArithmeticException e) {
        throw beyond(new OutsideColumn(Meaning.OUTSIDE));
      }
    }
  }

  @Override
  int words() {
    return words.length;
  }

  @Override
  void look(int[] codes, int from, int count) {
    for (int i = 0; i < count; i++) {
      cells[from + i] = words[codes[i]];
    }
  }

  @Override
  void read(Encoding encoding, Bytes page, int from, int count) {
    if (encoding == Encoding.PLAIN) {
      plain(page, cells, from, count);
    } else if (encoding == Encoding.DELTA_BINARY_PACKED && !wide) {
      DeltaPacked.read(page, cells, from, count);
    } else if (encoding == Encoding.BYTE_STREAM_SPLIT && !wide) {
      int at = page.take((long) count * Long.BYTES);
      for (int i = 0; i < count; i++) {
        cells[from + i] = split(page.array(), at, count, Long.BYTES, i);
      }
    } else {
      throw refuse(encoding);
    }
  }

  @Override
  void move(int from, int to) {
    cells[to] = cells[from];
  }

  @Override
  Column column(BitSet missing) {
    if (meaning.isDecimal()) {
      double[] numbers = new double[cells.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = missing.get(i) ? Double.NaN : NearestDouble.of(cells[i], meaning.digits());
      }
      return DoubleColumn.of(numbers);
    }
    if (!meaning.equals(Meaning.of(meaning.type())) || meaning.type() == ColumnType.TIME) {
      for (int i = 0; i < cells.length; i++) {
        cells[i] = missing.get(i) ? 0 : value(cells[i]);
      }
    }
    return LongColumn.of(meaning.type(), cells, missing);
  }

  private long value(long cell) {
    try {
      return meaning.value(cell);
    } catch (OutsideColumn e) {
      throw refuse(meaning, e);
    }
  }
}
