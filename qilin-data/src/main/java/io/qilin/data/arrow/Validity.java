package io.qilin.data.arrow;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Arrow's validity bitmaps: one bit a row, the lowest of a byte first, set where the cell is known. */
final class Validity {
  private Validity() {}

  /**
   * The rows that are null.
   *
   * @param nulls how many there have to be
   */
  static BitSet missing(BodyBuffers buffers, int buffer, int rows, int nulls, Where where) {
    if (nulls == 0) {
      return new BitSet();
    }
    ByteBuffer bits = buffers.get(buffer, where);
    int bytes = (int) ((rows + 7L) / 8);
    if (bits.remaining() < bytes) {
      throw where.broken("the validity of " + rows + " rows needs " + bytes + " bytes, there are "
          + bits.remaining());
    }
    BitSet missing = BitSet.valueOf(bits.limit(bytes));
    missing.flip(0, rows);
    if (missing.length() > rows) {
      missing.clear(rows, missing.length());
    }
    if (missing.cardinality() != nulls) {
      throw where.broken(missing.cardinality() + " cells are null by their validity, " + nulls
          + " by the head of the batch");
    }
    return missing;
  }
}
