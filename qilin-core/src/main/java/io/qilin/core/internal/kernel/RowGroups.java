package io.qilin.core.internal.kernel;

import java.util.Arrays;

/**
 * Numbers the distinct codes of a row, 0, 1, … as they are met, by a hash table with open addressing. Groups seldom change
 * from one day to the next, so a row that is the same as the one before is not numbered again. Its arrays are made once.
 * Not safe for use by two threads.
 */
final class RowGroups {
  /** The number of an instrument whose code is {@code NaN} or infinite. */
  static final int NONE = -1;

  private final double[] row;
  private final int[] numbered;
  private final long[] codes;
  private final int[] numbers;
  private final int[] filledIn;
  private final int mask;
  private int length;
  private int round;
  private int size;

  /** For rows of up to so many instruments. */
  RowGroups(int width) {
    int slots = Integer.highestOneBit(Math.max(width, 1)) * 4;
    this.row = new double[width];
    this.numbered = new int[width];
    this.codes = new long[slots];
    this.numbers = new int[slots];
    this.filledIn = new int[slots];
    this.mask = slots - 1;
  }

  /** Takes {@code g[0], …, g[n - 1]} for the codes. */
  void assign(double[] g, int n) {
    if (n == length && Arrays.equals(g, 0, n, row, 0, n)) {
      return;
    }
    System.arraycopy(g, 0, row, 0, n);
    length = n;
    clear();
    for (int i = 0; i < n; i++) {
      numbered[i] = Double.isFinite(g[i]) ? number(g[i]) : NONE;
    }
  }

  /** Puts the first n instruments into one group. */
  void assignOne(int n) {
    length = 0;
    size = Math.min(n, 1);
    Arrays.fill(numbered, 0, n, 0);
  }

  /** How many groups there are. */
  int size() {
    return size;
  }

  /** The number of an instrument's group, or {@link #NONE}. */
  int of(int i) {
    return numbered[i];
  }

  private void clear() {
    size = 0;
    if (++round == 0) {
      Arrays.fill(filledIn, -1);
      round = 1;
    }
  }

  /** The number of a code; -0 equals 0. */
  private int number(double code) {
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
