package io.qilin.parquet;

import java.util.Arrays;

/** Pieces of bytes of which a page tells the lengths first: the encodings DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY. */
final class DeltaBytes {
  private final Budget budget;
  private final Place place;

  DeltaBytes(Budget budget, Place place) {
    this.budget = budget;
    this.place = place;
  }

  /** Takes the pieces in their order. */
  interface Taker {
    void take(int number, byte[] array, int from, int length);
  }

  /** All lengths, then all bytes. */
  void lengths(Bytes page, int count, Taker taker) {
    long[] lengths = packed(page, count);
    for (int i = 0; i < count; i++) {
      int at = page.take(lengths[i]);
      taker.take(i, page.array(), at, (int) lengths[i]);
    }
    budget.give(8L * count);
  }

  /** How many bytes each piece shares with the one before, the lengths of the rests, and the rests. */
  void prefixes(Bytes page, int count, Taker taker) {
    long[] shared = packed(page, count);
    long[] rests = packed(page, count);
    byte[] piece = new byte[64];
    int length = 0;
    long work = 0;
    for (int i = 0; i < count; i++) {
      if (shared[i] < 0 || shared[i] > length) {
        throw page.malformed("a text shares " + shared[i] + " bytes with one of " + length);
      }
      int at = page.take(rests[i]);
      int whole = Math.addExact((int) shared[i], (int) rests[i]);
      // A few bytes could otherwise ask for hours of work.
      budget.take(whole, place);
      work += whole;
      if (whole > piece.length) {
        piece = Arrays.copyOf(piece, (int) Math.min(2L * whole, Integer.MAX_VALUE - 8));
      }
      System.arraycopy(page.array(), at, piece, (int) shared[i], (int) rests[i]);
      length = whole;
      taker.take(i, piece, 0, length);
    }
    budget.give(work + 16L * count);
  }

  private long[] packed(Bytes page, int count) {
    budget.take(8L * count, place);
    long[] values = new long[count];
    DeltaPacked.read(page, values, 0, count);
    return values;
  }
}
