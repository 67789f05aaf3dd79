package io.qilin.parquet;

import java.util.Arrays;

/** An array that is used again and again, so that memory is not made and cleared for every page. Not thread-safe. */
final class Room {
  /** What is kept; a larger array is made for one use. */
  private static final int KEPT = 1 << 24;

  private byte[] array = {};

  /**
   * An array in which what the last call gave may be lost.
   *
   * @param length bytes that are wanted; {@link Codec#PADDING} more, which are zero, are behind them
   */
  byte[] of(int length) {
    int whole = length + Codec.PADDING;
    if (whole > KEPT) {
      return new byte[whole];
    }
    if (array.length < whole) {
      array = new byte[(int) Math.min(KEPT, 2L * whole)];
    }
    Arrays.fill(array, length, whole, (byte) 0);
    return array;
  }
}
