package io.qilin.parquet;

import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import java.util.BitSet;
import org.apache.parquet.format.Encoding;

/** True or false. */
final class BooleanCells extends Cells {
  private final boolean[] cells;

  BooleanCells(int rows, Place place) {
    super(place);
    cells = new boolean[rows];
  }

  @Override
  void dictionary(Bytes page, int count) {
    throw page.malformed("truth values have a dictionary");
  }

  @Override
  int words() {
    return 0;
  }

  @Override
  void look(int[] codes, int from, int count) {
    throw place().malformed("truth values have a dictionary");
  }

  @Override
  void read(Encoding encoding, Bytes page, int from, int count) {
    switch (encoding) {
      case PLAIN -> {
        int at = page.take((count + 7L) / 8);
        for (int i = 0; i < count; i++) {
          cells[from + i] = ((page.array()[at + (i >> 3)] >>> (i & 7)) & 1) != 0;
        }
      }
      case RLE -> {
        int[] bits = new int[count];
        new RunLengths(page.slice(page.int32()), 1).read(bits, 0, count);
        for (int i = 0; i < count; i++) {
          cells[from + i] = bits[i] != 0;
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
    return BooleanColumn.of(ColumnType.BOOLEAN, cells, missing);
  }
}
