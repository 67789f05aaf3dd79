package io.qilin.core.internal.kernel;

import java.util.Arrays;

/**
 * The finite values of one row of instruments in order, with the places they came from; -0 equals 0. In which order equal
 * values stand is not defined.
 *
 * <p>They are sorted by {@linkplain RowKeys keys} of 31 bits: short rows by counting, others by radix sort from the lowest
 * digit up (Knuth, TAOCP 5.2.5). The radix sort looks first at the two upper digits only, of the range that the keys of
 * the row take, which tell nearly all values apart. What is left is put in order by insertion, and if that turns out to be
 * much, by the sort over all digits, and in the end by heap sort, so that no row takes more than O(n log n).
 *
 * <p>Its arrays are made once. Not safe for use by two threads.
 */
final class SortedRow {
  private static final int LEAST_DIGIT = 8;
  private static final int MOST_DIGIT = 11;
  private static final int KEY_BITS = 31;

  /** How many moves by insertion a value may cost on average before heap sort is cheaper. */
  private static final int MOST_MOVES = 8;

  private static final long KEYS = -1L << Integer.SIZE;

  /** A key in the upper half, a place in the lower half. */
  private long[] entries;

  private long[] spare;
  private final double[] values;
  private final int[] counts = new int[1 << MOST_DIGIT];
  private final CountedRow counted = new CountedRow();
  private int size;

  /** For rows of up to so many instruments. */
  SortedRow(int width) {
    entries = new long[width];
    spare = new long[width];
    values = new double[width];
  }

  /** Sorts the finite ones of {@code x[0], …, x[n - 1]}; returns how many they are. */
  int sort(double[] x, int n) {
    if (n <= CountedRow.MOST) {
      counted.count(x, n);
      return sort(x, n, counted);
    }
    size = collect(x, entries, n);
    int digit = Math.max(LEAST_DIGIT, Math.min(MOST_DIGIT, bits(size)));
    long least = least(entries, size);
    int range = bits((int) ((most(entries, size) - least) >>> Integer.SIZE));
    sortFrom(Math.max(0, range - 2 * digit), range, digit, least);
    fetch(x, entries, values, size);
    if (!insert(values, entries, size)) {
      sortFrom(0, KEY_BITS, digit, 0);
      finish(x);
    }
    return size;
  }

  /** Sorts the finite ones of {@code x[0], …, x[n - 1]} that were counted; returns how many they are. */
  int sort(double[] x, int n, CountedRow places) {
    size = places.known();
    Arrays.fill(counts, 0, size, 0);
    for (int i = 0; i < n; i++) {
      int smaller = places.smaller(i);
      if (smaller < size) {
        entries[smaller + counts[smaller]++] = i;
      }
    }
    finish(x);
    return size;
  }

  /** The number of the values that are equal to the one at {@code first}, from there on. */
  int run(int first) {
    double value = values[first];
    int end = first + 1;
    while (end < size && values[end] == value) {
      end++;
    }
    return end - first;
  }

  /**
   * Gives each value what the table has at its rank counted from 0, and equal ones what {@link RankTable#ofRun} gives.
   */
  void deliver(RankTable table, double[] out) {
    deliver(values, entries, size, table, out);
  }

  private static void deliver(
      double[] values, long[] entries, int size, RankTable table, double[] out) {
    double[] single = table.of(size);
    for (int first = 0; first < size; ) {
      int end = first + 1;
      while (end < size && values[end] == values[first]) {
        end++;
      }
      if (end == first + 1) {
        out[(int) entries[first]] = single[first];
        first = end;
        continue;
      }
      double rank = table.ofRun(first, end);
      for (; first < end; first++) {
        out[(int) entries[first]] = rank;
      }
    }
  }

  /** The value at a rank counted from 0. */
  double value(int rank) {
    return values[rank];
  }

  /** Where the value of a rank counted from 0 stood. */
  int place(int rank) {
    return (int) entries[rank];
  }

  private static int bits(int number) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(number);
  }

  private static int collect(double[] x, long[] entries, int n) {
    int size = 0;
    for (int i = 0; i < n; i++) {
      int key = RowKeys.of(x[i]);
      entries[size] = ((long) key << Integer.SIZE) | i;
      size += (key - RowKeys.MISSING) >>> 31;
    }
    return size;
  }

  private static long least(long[] entries, int size) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, entries[i]);
    }
    return least;
  }

  private static long most(long[] entries, int size) {
    long most = 0;
    for (int i = 0; i < size; i++) {
      most = Math.max(most, entries[i]);
    }
    return most;
  }

  /** Sorts by what the keys, less the least entry, have from one bit on up to another. */
  private void sortFrom(int low, int high, int digit, long least) {
    long origin = least & KEYS;
    for (int bit = low; bit < high; bit += digit) {
      pass(origin, Integer.SIZE + bit, (1 << digit) - 1);
    }
  }

  /** Sorts by one digit and leaves equal ones as they stand. */
  private void pass(long origin, int shift, int mask) {
    Arrays.fill(counts, 0, mask + 1, 0);
    count(entries, size, origin, shift, mask, counts);
    start(counts, mask);
    move(entries, size, origin, shift, mask, counts, spare);
    long[] sorted = spare;
    spare = entries;
    entries = sorted;
  }

  private static void count(
      long[] entries, int size, long origin, int shift, int mask, int[] counts) {
    for (int i = 0; i < size; i++) {
      counts[(int) ((entries[i] - origin) >>> shift) & mask]++;
    }
  }

  /** Makes numbers of entries the places of the first ones. */
  private static void start(int[] counts, int mask) {
    int start = 0;
    for (int d = 0; d <= mask; d++) {
      int count = counts[d];
      counts[d] = start;
      start += count;
    }
  }

  private static void move(
      long[] entries, int size, long origin, int shift, int mask, int[] starts, long[] to) {
    for (int i = 0; i < size; i++) {
      long entry = entries[i];
      to[starts[(int) ((entry - origin) >>> shift) & mask]++] = entry;
    }
  }

  /** Takes the values and puts in order what their keys left. */
  private void finish(double[] x) {
    fetch(x, entries, values, size);
    if (!insert(values, entries, size)) {
      RowHeap.sort(values, entries, size);
    }
  }

  private static void fetch(double[] x, long[] entries, double[] values, int size) {
    for (int i = 0; i < size; i++) {
      values[i] = x[(int) entries[i]] + 0.0; // makes -0 to 0
    }
  }

  /** Sorts what is nearly sorted; false if it gave up. */
  private static boolean insert(double[] values, long[] entries, int size) {
    long moves = (long) MOST_MOVES * size;
    for (int i = 1; i < size; i++) {
      double value = values[i];
      if (value < values[i - 1]) {
        long entry = entries[i];
        int at = i;
        for (; at > 0 && values[at - 1] > value; at--) {
          values[at] = values[at - 1];
          entries[at] = entries[at - 1];
        }
        values[at] = value;
        entries[at] = entry;
        moves -= i - at;
        if (moves < 0) {
          return false;
        }
      }
    }
    return true;
  }
}
