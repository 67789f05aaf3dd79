package io.qilin.parquet;

import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.NearestDouble;
import io.qilin.data.table.TextColumn;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.parquet.format.Encoding;

/** Whole numbers stored in 32 bits. */
final class IntCells extends Cells {
  private final int[] cells;
  private final Meaning meaning;
  private int[] words = {};

  IntCells(int rows, Meaning meaning, Place place) {
    super(place);
    this.cells = new int[rows];
    this.meaning = meaning;
  }

  @Override
  void dictionary(Bytes page, int count) {
    page.require((long) count * Integer.BYTES);
    words = new int[count];
    page.buffer(count, Integer.BYTES).asIntBuffer().get(words);
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
    switch (encoding) {
      case PLAIN -> page.buffer(count, Integer.BYTES).asIntBuffer().get(cells, from, count);
      case DELTA_BINARY_PACKED -> {
        long[] values = new long[count];
        DeltaPacked.read(page, values, 0, count);
        for (int i = 0; i < count; i++) {
          cells[from + i] = (int) values[i];
        }
      }
      case BYTE_STREAM_SPLIT -> {
        int at = page.take((long) count * Integer.BYTES);
        for (int i = 0; i < count; i++) {
          cells[from + i] = (int) split(page.array(), at, count, Integer.BYTES, i);
        }
      }
      default -> throw refuse(encoding);
    }
  }

  @Override
  void move(int from, int to) {
    cells[to] = cells[from];
  }

  @Override
  Column column(BitSet missing) {
    if (meaning.type() == ColumnType.INT32 || meaning.type() == ColumnType.DATE) {
      return IntColumn.of(meaning.type(), cells, missing);
    }
    if (meaning.isDecimal()) {
      double[] numbers = new double[cells.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = missing.get(i) ? Double.NaN : NearestDouble.of(cells[i], meaning.digits());
      }
      return DoubleColumn.of(numbers);
    }
    if (meaning.type() == ColumnType.TEXT) {
      return nothing(missing);
    }
    long[] wide = new long[cells.length];
    for (int i = 0; i < wide.length; i++) {
      long cell = meaning.unsigned() ? Integer.toUnsignedLong(cells[i]) : cells[i];
      wide[i] = missing.get(i) ? 0 : value(cell);
    }
    return LongColumn.of(meaning.type(), wide, missing);
  }

  /** A column of an unknown type, which has no values. */
  private Column nothing(BitSet missing) {
    if (missing.cardinality() < cells.length) {
      throw place().malformed("it has values, but its type is not known");
    }
    Arrays.fill(cells, TextColumn.UNKNOWN);
    return TextColumn.of(cells, List.of());
  }

  private long value(long cell) {
    try {
      return meaning.value(cell);
    } catch (OutsideColumn e) {
      throw refuse(meaning, e);
    }
  }
}
