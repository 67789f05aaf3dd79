package io.qilin.parquet;

import java.util.Arrays;

/**
 * Small numbers in Parquet's hybrid of run lengths and bit packing.
 *
 * <p>Source: Apache Parquet, "Encodings", RLE.
 */
final class RunLengths {
  private final Bytes in;
  private final int width;
  private int left;
  private boolean repeated;
  private int value;
  private long bit;

  /**
   * Begins to read.
   *
   * @param width bits of a number, 0 to 32
   */
  RunLengths(Bytes in, int width) {
    if (width > 32) {
      throw in.malformed("numbers of " + width + " bits are declared; 32 is the most");
    }
    this.in = in;
    this.width = width;
  }

  /** Whether the next so many numbers are one run of this one; reads none of them. */
  boolean repeats(int number, int count) {
    while (left == 0 && count > 0) {
      run();
    }
    return count == 0 || (repeated && value == number && left >= count);
  }

  /** Reads so many numbers. */
  void read(int[] out, int from, int count) {
    int at = from;
    int end = from + count;
    while (at < end) {
      while (left == 0) {
        run();
      }
      int n = Math.min(left, end - at);
      if (repeated) {
        Arrays.fill(out, at, at + n, value);
      } else {
        unpack(in.array(), bit, width, out, at, n);
        bit += (long) n * width;
      }
      at += n;
      left -= n;
    }
  }

  private void run() {
    int head = in.size();
    repeated = (head & 1) == 0;
    if (repeated) {
      left = head >>> 1;
      value = 0;
      for (int i = 0; i < (width + 7) / 8; i++) {
        value |= in.u8() << (8 * i);
      }
      if (width < 32 && value >>> width != 0) {
        throw in.malformed("a run repeats a number of more than " + width + " bits");
      }
      return;
    }
    // Some writers cut the padding of the last group off.
    long groups = (head & 0xffff_ffffL) >>> 1;
    long bytes = Math.min(groups * width, in.remaining());
    long values = width == 0 ? groups * 8 : Math.min(groups * 8, bytes * 8 / width);
    if (values == 0 && groups > 0) {
      throw in.malformed("a run of packed numbers is cut short");
    }
    left = (int) Math.min(values, Integer.MAX_VALUE);
    bit = 8L * in.take(bytes);
  }

  /** Unpacks numbers of at most 32 bits that begin at a bit of the array. */
  static void unpack(byte[] packed, long firstBit, int width, int[] out, int from, int count) {
    long mask = (1L << width) - 1;
    long bit = firstBit;
    for (int i = from; i < from + count; i++) {
      out[i] = (int) ((Bytes.word(packed, (int) (bit >>> 3)) >>> (bit & 7)) & mask);
      bit += width;
    }
  }
}
