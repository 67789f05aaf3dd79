package io.qilin.parquet;

import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.parquet.format.Encoding;

/** Decimals stored as big-endian integers of a fixed length; one that is not there is {@code NaN}. */
final class DecimalCells extends Cells {
  private final double[] cells;
  private final int width;
  private final int digits;
  private byte[] words = {};

  DecimalCells(int rows, int width, int digits, Place place) {
    super(place);
    this.cells = new double[rows];
    this.width = width;
    this.digits = digits;
  }

  @Override
  void dictionary(Bytes page, int count) {
    int at = page.take((long) count * width);
    words = Arrays.copyOfRange(page.array(), at, at + count * width);
  }

  @Override
  int words() {
    return words.length / width;
  }

  @Override
  void look(int[] codes, int from, int count) {
    for (int i = 0; i < count; i++) {
      cells[from + i] = Decimal.value(words, codes[i] * width, width, digits);
    }
  }

  @Override
  void read(Encoding encoding, Bytes page, int from, int count) {
    if (encoding != Encoding.PLAIN) {
      throw refuse(encoding);
    }
    int at = page.take((long) count * width);
    for (int i = 0; i < count; i++) {
      cells[from + i] = Decimal.value(page.array(), at + i * width, width, digits);
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
