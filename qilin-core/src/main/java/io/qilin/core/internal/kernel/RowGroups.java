package io.qilin.core.internal.kernel;

import java.util.Arrays;

/**
 * Numbers the distinct codes of a row, 0, 1, … as they are met, by a hash table with open addressing. Its arrays are made
 * once. Not safe for use by two threads.
 */
final class RowGroups {
  private final long[] codes;
  private final int[] numbers;
  private final int[] filledIn;
  private final int mask;
  private int round;
  private int size;

  /** For rows of up to so many instruments. */
  RowGroups(int width) {
    int slots = Integer.highestOneBit(Math.max(width, 1)) * 4;
    this.codes = new long[slots];
    this.numbers = new int[slots];
    this.filledIn = new int[slots];
    this.mask = slots - 1;
  }

  /** Forgets all codes. */
  void clear() {
    size = 0;
    if (++round == 0) {
      Arrays.fill(filledIn, -1);
      round = 1;
    }
  }

  /** How many codes were met. */
  int size() {
    return size;
  }

  /** The number of a code; -0 equals 0. */
  int number(double code) {
    long bits = Double.doubleToRawLongBits(code + 0.0);
    int slot = (int) mix(bits) & mask;
    while (filledIn[slot] == round) {
      if (codes[slot] == bits) {
        return numbers[slot];
      }
      slot = (slot + 1) & mask;
    }
    filledIn[slot] = round;
    codes[slot] = bits;
    numbers[slot] = size;
    return size++;
  }

  /** The finishing steps of SplitMix64. */
  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
