package io.qilin.parquet;

import io.qilin.data.table.Column;
import io.qilin.data.table.TextColumn;
import java.util.Arrays;
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
      case DELTA_LENGTH_BYTE_ARRAY -> lengths(page, from, count);
      case DELTA_BYTE_ARRAY -> prefixes(page, from, count);
      default -> throw refuse(encoding);
    }
  }

  /** All lengths, then all bytes. */
  private void lengths(Bytes page, int from, int count) {
    long[] lengths = packed(page, count);
    for (int i = 0; i < count; i++) {
      int at = page.take(lengths[i]);
      cells[from + i] = table.number(page.array(), at, (int) lengths[i], place());
    }
    budget.give(8L * count);
  }

  /** How many bytes each text shares with the one before, the lengths of the rests, and the rests. */
  private void prefixes(Bytes page, int from, int count) {
    long[] shared = packed(page, count);
    long[] rests = packed(page, count);
    byte[] text = new byte[64];
    int length = 0;
    long work = 0;
    for (int i = 0; i < count; i++) {
      if (shared[i] < 0 || shared[i] > length) {
        throw page.malformed("a text shares " + shared[i] + " bytes with one of " + length);
      }
      int at = page.take(rests[i]);
      int whole = Math.addExact((int) shared[i], (int) rests[i]);
      // A few bytes could otherwise ask for hours of work.
      budget.take(whole, place());
      work += whole;
      if (whole > text.length) {
        text = Arrays.copyOf(text, (int) Math.min(2L * whole, Integer.MAX_VALUE - 8));
      }
      System.arraycopy(page.array(), at, text, (int) shared[i], (int) rests[i]);
      length = whole;
      cells[from + i] = table.number(text, 0, length, place());
    }
    budget.give(work + 16L * count);
  }

  private long[] packed(Bytes page, int count) {
    budget.take(8L * count, place());
    long[] values = new long[count];
    DeltaPacked.read(page, values, 0, count);
    return values;
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
