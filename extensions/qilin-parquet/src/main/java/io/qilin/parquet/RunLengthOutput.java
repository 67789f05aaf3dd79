package io.qilin.parquet;

/**
 * Writes small numbers in Parquet's hybrid of run lengths and bit packing; {@link RunLengths} reads them. A number that
 * comes eight times in a row or more becomes a run.
 */
final class RunLengthOutput {
  private RunLengthOutput() {}

  /**
   * Writes numbers.
   *
   * @param width bits of a number, 0 to 32
   */
  static void write(int[] values, int count, int width, ByteOutput out) {
    int packedFrom = 0;
    int at = 0;
    while (at < count) {
      int end = at + 1;
      while (end < count && values[end] == values[at]) {
        end++;
      }
      // What is packed before a run fills whole groups of eight, with the first of the run if need
      // be.
      int fill = Math.floorMod(packedFrom - at, 8);
      if (end - at - fill >= 8) {
        pack(values, packedFrom, at + fill, width, out);
        out.varint((end - at - fill) << 1);
        for (int i = 0; i < (width + 7) / 8; i++) {
          out.write(values[at] >>> (8 * i));
        }
        packedFrom = end;
      }
      at = end;
    }
    pack(values, packedFrom, count, width, out);
  }

  private static void pack(int[] values, int from, int to, int width, ByteOutput out) {
    if (from == to) {
      return;
    }
    int groups = (to - from + 7) / 8;
    out.varint((groups << 1) | 1);
    long bits = 0;
    int filled = 0;
    for (int i = from; i < from + groups * 8; i++) {
      bits |= (i < to ? Integer.toUnsignedLong(values[i]) : 0) << filled;
      filled += width;
      while (filled >= 8) {
        out.write((int) bits);
        bits >>>= 8;
        filled -= 8;
      }
    }
  }
}
