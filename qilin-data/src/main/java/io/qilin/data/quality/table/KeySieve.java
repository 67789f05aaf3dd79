package io.qilin.data.quality.table;

import java.util.Arrays;

/** A few keys of 64 bits, and whether another is one of them; most are refused by one bit. Immutable. */
final class KeySieve {
  private final long[] sorted;
  private final long[] bits;

  KeySieve(LongList keys) {
    sorted = new long[keys.size()];
    bits = new long[4 * Math.max(16, Integer.highestOneBit(keys.size()))];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = keys.get(i);
      int place = place(sorted[i]);
      bits[place >>> 6 & bits.length - 1] |= 1L << place;
    }
    Arrays.sort(sorted);
  }

  private static int place(long key) {
    return (int) ((key * 0x9e3779b97f4a7c15L) >>> 32);
  }

  /** False for almost all keys that are not among these. */
  boolean mayHave(long key) {
    int place = place(key);
    return (bits[place >>> 6 & bits.length - 1] >>> place & 1) != 0;
  }

  boolean has(long key) {
    return Arrays.binarySearch(sorted, key) >= 0;
  }
}
