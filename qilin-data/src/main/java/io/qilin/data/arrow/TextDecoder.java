package io.qilin.data.arrow;

import io.qilin.data.table.TextColumn;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** Turns the buffers of a column of texts or bytes into texts; every offset is checked before it is used. */
final class TextDecoder {
  private final BodyBuffers buffers;
  private final MemoryBudget budget;
  private final int rows;

  TextDecoder(BodyBuffers buffers, MemoryBudget budget, int rows) {
    this.buffers = buffers;
    this.budget = budget;
    this.rows = rows;
  }

  /**
   * The place in the words of each row's text, {@link TextColumn#UNKNOWN} where it is null.
   *
   * @param column place of the column in the batch
   */
  int[] codes(CellType.Kind kind, BatchHead head, int column, WordList words, Where where) {
    int first = head.firstBuffer(column);
    int nulls = head.nulls(column);
    return kind.isView()
        ? new ViewDecoder(buffers, budget, rows)
            .codes(first, head.firstBuffer(column + 1) - first - 2, nulls, words, where)
        : codes(kind, first, nulls, words, where);
  }

  private int[] codes(CellType.Kind kind, int firstBuffer, int nulls, WordList words, Where where) {
    budget.take(8L * rows, where);
    BitSet missing = Validity.missing(buffers, firstBuffer, rows, nulls, where);
    int[] ends = ends(kind, firstBuffer + 1, where);
    ByteBuffer data = buffers.get(firstBuffer + 2, where);
    requireInside(ends, data.remaining(), where);
    byte[] bytes = data.array();
    int base = data.arrayOffset();
    int[] codes = ends;
    for (int row = 0; row < rows; row++) {
      int from = ends[row];
      int length = ends[row + 1] - from;
      codes[row] = missing.get(row)
          ? TextColumn.UNKNOWN
          : words.add(bytes, base + from, length, budget, where, row);
    }
    return Arrays.copyOf(codes, rows);
  }

  private int[] ends(CellType.Kind kind, int buffer, Where where) {
    ByteBuffer offsets = buffers.get(buffer, where);
    int[] ends = new int[rows + 1];
    if (rows == 0 && offsets.remaining() < kind.width()) {
      return ends;
    }
    if (offsets.remaining() < (rows + 1L) * kind.width()) {
      throw where.broken(rows + " texts need " + (rows + 1L) * kind.width()
          + " bytes of offsets, there are " + offsets.remaining());
    }
    if (kind.width() == Integer.BYTES) {
      offsets.asIntBuffer().get(ends);
      return ends;
    }
    for (int i = 0; i <= rows; i++) {
      long end = offsets.getLong(8 * i);
      if (end != (int) end) {
        throw where.broken("offset " + i + " is " + end + ", beyond any buffer");
      }
      ends[i] = (int) end;
    }
    return ends;
  }

  private static void requireInside(int[] ends, int length, Where where) {
    int last = 0;
    for (int i = 0; i < ends.length; i++) {
      if (ends[i] < last || ends[i] > length) {
        throw where.broken(
            "offset " + i + " is " + ends[i] + ", but it has to be from " + last + " to " + length);
      }
      last = ends[i];
    }
  }
}
