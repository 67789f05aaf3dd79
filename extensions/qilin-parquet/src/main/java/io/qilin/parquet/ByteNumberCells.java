package io.qilin.parquet;

import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.NearestDouble;
import java.util.BitSet;
import org.apache.parquet.format.Encoding;

/** Numbers that are stored as bytes: decimals as big-endian integers, and FLOAT16. One that is not there is {@code NaN}. */
final class ByteNumberCells extends Cells {
  /** Bytes of a decimal of 76 digits, the largest that writers have. */
  static final int MOST_BYTES = 32;

  private static final int HALF = 2;

  private final double[] cells;
  private final int width;
  private final Meaning meaning;
  private final Budget budget;
  private double[] words = {};

  /**
   * Room for numbers.
   *
   * @param width bytes of each number, or 0 where each says its own
   */
  ByteNumberCells(int rows, int width, Meaning meaning, Budget budget, Place place) {
    super(place);
    this.cells = new double[rows];
    this.width = width;
    this.meaning = meaning;
    this.budget = budget;
  }

  private double number(byte[] array, int from, int length) {
    if (!meaning.isDecimal() && length == HALF) {
      return NearestDouble.ofHalf((short) ((array[from] & 0xff) | array[from + 1] << 8));
    }
    if (length < 1 || length > MOST_BYTES || !meaning.isDecimal()) {
      throw place().malformed("a number has " + length + " bytes");
    }
    return NearestDouble.of(array, from, length, meaning.digits());
  }

  @Override
  void dictionary(Bytes page, int count) {
    page.require((long) count * (width == 0 ? Integer.BYTES : width));
    budget.take(8L * count, place());
    words = new double[count];
    plain(page, words, 0, count);
  }

  private void plain(Bytes page, double[] out, int from, int count) {
    for (int i = from; i < from + count; i++) {
      int length = width == 0 ? page.int32() : width;
      out[i] = number(page.array(), page.take(length), length);
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
    DeltaBytes.Taker taker = (i, array, at, length) -> cells[from + i] = number(array, at, length);
    if (encoding == Encoding.PLAIN) {
      plain(page, cells, from, count);
    } else if (encoding == Encoding.DELTA_BYTE_ARRAY) {
      new DeltaBytes(budget, place()).prefixes(page, count, taker);
    } else if (encoding == Encoding.DELTA_LENGTH_BYTE_ARRAY && width == 0) {
      new DeltaBytes(budget, place()).lengths(page, count, taker);
    } else if (encoding == Encoding.BYTE_STREAM_SPLIT && width > 0) {
      splits(page, from, count);
    } else {
      throw refuse(encoding);
    }
  }

  /** The first bytes of all numbers, then the second bytes of all, and so on. */
  private void splits(Bytes page, int from, int count) {
    int at = page.take((long) count * width);
    byte[] one = new byte[width];
    for (int i = 0; i < count; i++) {
      for (int b = 0; b < width; b++) {
        one[b] = page.array()[at + b * count + i];
      }
      cells[from + i] = number(one, 0, width);
    }
  }

  @Override
  void move(int from, int to) {
    cells[to] = cells[from];
  }

  @Override
  Column column(BitSet missing) {
    for (int row = missing.nextSetBit(0); row >= 0; row = missing.nextSetBit(row + 1)) {
      cells[row] = Double.NaN;
    }
    return DoubleColumn.of(cells);
  }
}
