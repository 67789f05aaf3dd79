package io.qilin.parquet;

import io.qilin.data.table.Column;
import io.qilin.data.table.TextColumn;
import java.util.BitSet;
import org.apache.parquet.format.Encoding;

/** Texts in UTF-8. */
final class TextCells extends Cells {
  private final int[] cells;
  private final int width;
  private final WordTable table;
  private final Budget budget;
  private int[] words = {};

  /**
   * Room for texts.
   *
   * @param width bytes of each text, or 0 where each says its own
   */
  TextCells(int rows, int width, WordTable table, Budget budget, Place place) {
    super(place);
    this.cells = new int[rows];
    this.width = width;
    this.table = table;
    this.budget = budget;
  }

  @Override
  void dictionary(Bytes page, int count) {
    page.require((long) count * (width == 0 ? Integer.BYTES : width));
    budget.take(4L * count, place());
    words = new int[count];
    plain(page, words, 0, count);
  }

  private void plain(Bytes page, int[] out, int from, int count) {
    for (int i = from; i < from + count; i++) {
      int length = width == 0 ? page.int32() : width;
      out[i] = table.number(page.array(), page.take(length), length, place());
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
    switch (encoding) {
      case PLAIN -> plain(page, cells, from, count);
      case DELTA_LENGTH_BYTE_ARRAY ->
        new DeltaBytes(budget, place()).lengths(page, count, taker(from));
      case DELTA_BYTE_ARRAY -> new DeltaBytes(budget, place()).prefixes(page, count, taker(from));
      default -> throw refuse(encoding);
    }
  }

  private DeltaBytes.Taker taker(int from) {
    return (i, array, at, length) -> cells[from + i] = table.number(array, at, length, place());
  }

  @Override
  void move(int from, int to) {
    cells[to] = cells[from];
  }

  @Override
  Column column(BitSet missing) {
    for (int row = missing.nextSetBit(0); row >= 0; row = missing.nextSetBit(row + 1)) {
      cells[row] = TextColumn.UNKNOWN;
    }
    return TextColumn.of(cells, table.words());
  }
}
