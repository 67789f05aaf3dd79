package io.qilin.core.internal.kernel;

import java.util.Arrays;

/**
 * The finite values of one row of instruments in order, with the places they came from. Equal values stay in the order of
 * their places; -0 equals 0.
 *
 * <p>Radix sort from the lowest digit up (Knuth, TAOCP 5.2.5) over keys that order as the doubles do. It sorts by the
 * upper half of the keys only, sign, exponent and 20 bits of the fraction, which tells nearly all values apart; what is
 * left is put in order by insertion, and if that turns out to be much, by a radix sort over all digits.
 *
 * <p>Its arrays are made once. Not safe for use by two threads.
 */
final class SortedRow {
  /** Rows from this size on are sorted by larger digits: fewer passes, but more counters for each. */
  private static final int WIDE = 1024;

  private static final int WIDE_DIGIT = 11;
  private static final int DIGIT = 8;

  /** How many moves by insertion a value may cost on average before the sort over all digits is cheaper. */
  private static final int MOST_MOVES = 8;

  private long[] keys;
  private long[] spareKeys;
  private int[] places;
  private int[] sparePlaces;
  private final int[] counts = new int[1 << WIDE_DIGIT];
  private int size;

  /** For rows of up to so many instruments. */
  SortedRow(int width) {
    keys = new long[width];
    spareKeys = new long[width];
    places = new int[width];
    sparePlaces = new int[width];
  }

  /** Sorts the finite ones of {@code x[0], …, x[n - 1]}; returns how many they are. */
  int sort(double[] x, int n) {
    size = 0;
    for (int i = 0; i < n; i++) {
      if (Double.isFinite(x[i])) {
        keys[size] = key(x[i]);
        places[size++] = i;
      }
    }
    int digit = size < WIDE ? DIGIT : WIDE_DIGIT;
    sortFrom(Long.SIZE - (size < WIDE ? 4 * DIGIT : 3 * WIDE_DIGIT), digit);
    if (!finish()) {
      sortFrom(0, digit);
    }
    return size;
  }

  /** The number of the values that are equal to the one at {@code first}, from there on. */
  int run(int first) {
    long key = keys[first];
    int end = first + 1;
    while (end < size && keys[end] == key) {
      end++;
    }
    return end - first;
  }

  /** The value at a rank counted from 0. */
  double value(int rank) {
    long key = keys[rank];
    return Double.longBitsToDouble(key ^ ((key >> 63) >>> 1));
  }

  /** Where the value of a rank counted from 0 stood. */
  int place(int rank) {
    return places[rank];
  }

  /** Orders as a signed number as the doubles do. */
  private static long key(double x) {
    long bits = Double.doubleToRawLongBits(x + 0.0); // makes -0 to 0
    return bits ^ ((bits >> 63) >>> 1);
  }

  private void sortFrom(int lowest, int digit) {
    for (int shift = lowest; shift < Long.SIZE; shift += digit) {
      pass(shift, (1 << digit) - 1);
    }
  }

  /** Sorts by one digit and leaves equal ones as they stand. */
  private void pass(int shift, int mask) {
    Arrays.fill(counts, 0, mask + 1, 0);
    for (int i = 0; i < size; i++) {
      counts[digit(keys[i], shift, mask)]++;
    }
    if (size == 0 || counts[digit(keys[0], shift, mask)] == size) {
      return;
    }
    int start = 0;
    for (int d = 0; d <= mask; d++) {
      int count = counts[d];
      counts[d] = start;
      start += count;
    }
    for (int i = 0; i < size; i++) {
      int to = counts[digit(keys[i], shift, mask)]++;
      spareKeys[to] = keys[i];
      sparePlaces[to] = places[i];
    }
    long[] sorted = spareKeys;
    spareKeys = keys;
    keys = sorted;
    int[] sortedPlaces = sparePlaces;
    sparePlaces = places;
    places = sortedPlaces;
  }

  private static int digit(long key, int shift, int mask) {
    return (int) ((key ^ Long.MIN_VALUE) >>> shift) & mask;
  }

  /** Puts in order what the upper digits left; false if it gave up. */
  private boolean finish() {
    long moves = (long) MOST_MOVES * size;
    for (int i = 1; i < size; i++) {
      long key = keys[i];
      if (key < keys[i - 1]) {
        int place = places[i];
        int at = i;
        for (; at > 0 && keys[at - 1] > key; at--) {
          keys[at] = keys[at - 1];
          places[at] = places[at - 1];
        }
        keys[at] = key;
        places[at] = place;
        moves -= i - at;
        if (moves < 0) {
          return false;
        }
      }
    }
    return true;
  }
}
