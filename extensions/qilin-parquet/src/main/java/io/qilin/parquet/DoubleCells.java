package io.qilin.parquet;

import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import java.nio.FloatBuffer;
import java.util.BitSet;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/** Numbers, stored in 64 or 32 bits; one that is not there is {@code NaN}. */
final class DoubleCells extends Cells {
  private final double[] cells;
  private final boolean narrow;
  private double[] words = {};

  DoubleCells(int rows, Type type, Place place) {
    super(place);
    this.cells = new double[rows];
    this.narrow = type == Type.FLOAT;
  }

  private int width() {
    return narrow ? Float.BYTES : Double.BYTES;
  }

  private void plain(Bytes page, double[] out, int from, int count) {
    if (!narrow) {
      page.buffer(count, Double.BYTES).asDoubleBuffer().get(out, from, count);
      return;
    }
    FloatBuffer floats = page.buffer(count, Float.BYTES).asFloatBuffer();
    for (int i = 0; i < count; i++) {
      out[from + i] = floats.get(i);
    }
  }

  @Override
  void dictionary(Bytes page, int count) {
    page.require((long) count * width());
    words = new double[count];
    plain(page, words, 0, count);
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
      case PLAIN -> plain(page, cells, from, count);
      case BYTE_STREAM_SPLIT -> {
        int at = page.take((long) count * width());
        for (int i = 0; i < count; i++) {
          long bits = split(page.array(), at, count, width(), i);
          cells[from + i] =
              narrow ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
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
    for (int row = missing.nextSetBit(0); row >= 0; row = missing.nextSetBit(row + 1)) {
      cells[row] = Double.NaN;
    }
    return DoubleColumn.of(cells);
  }
}
