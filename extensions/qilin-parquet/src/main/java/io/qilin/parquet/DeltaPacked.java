package io.qilin.parquet;

/**
 * Whole numbers as packed differences.
 *
 * <p>Source: Apache Parquet, "Encodings", DELTA_BINARY_PACKED.
 */
final class DeltaPacked {
  private static final int LARGEST_BLOCK = 1 << 16;

  private DeltaPacked() {}

  /**
   * Reads numbers; differences wrap around as the format says.
   *
   * @param count how many there must be; fewer only at the end of the bytes is refused too
   */
  static void read(Bytes in, long[] out, int from, int count) {
    int block = in.size();
    int minis = in.size();
    int total = in.size();
    long last = in.zigzag();
    if (block < 1
        || block > LARGEST_BLOCK
        || minis < 1
        || block % minis != 0
        || block / minis % 8 != 0) {
      throw in.malformed("packed differences in " + minis + " parts of a block of " + block);
    }
    if (total != count) {
      throw in.malformed("the page holds " + total + " numbers where " + count + " are wanted");
    }
    int mini = block / minis;
    int at = from;
    int end = from + count;
    if (at < end) {
      out[at++] = last;
    }
    while (at < end) {
      long least = in.zigzag();
      int widths = in.take(minis);
      for (int m = 0; m < minis && at < end; m++) {
        int width = in.array()[widths + m] & 0xff;
        if (width > 64) {
          throw in.malformed("differences of " + width + " bits");
        }
        long bytes = (long) mini / 8 * width;
        int n = Math.min(mini, end - at);
        // The padding behind the last difference may be cut off.
        long needed = ((long) n * width + 7) / 8;
        long bit = 8L
            * in.take(
                at + mini >= end
                    ? Math.min(bytes, Math.max(needed, Math.min(bytes, in.remaining())))
                    : bytes);
        for (int i = 0; i < n; i++) {
          last += least + bits(in.array(), bit, width);
          out[at++] = last;
          bit += width;
        }
      }
    }
  }

  private static long bits(byte[] packed, long bit, int width) {
    if (width == 0) {
      return 0;
    }
    int shift = (int) (bit & 7);
    int at = (int) (bit >>> 3);
    long value = Bytes.word(packed, at) >>> shift;
    if (shift + width > 64) {
      value |= (packed[at + 8] & 0xffL) << (64 - shift);
    }
    return width == 64 ? value : value & ((1L << width) - 1);
  }
}
