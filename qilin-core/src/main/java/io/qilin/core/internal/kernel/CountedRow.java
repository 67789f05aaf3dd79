package io.qilin.core.internal.kernel;

import java.util.Arrays;

/**
 * A short row of instruments in order, found by counting: the place of a value is the number of those that are smaller. All
 * pairs are compared, by the sign of the difference of two keys, in loops without a branch that the JVM turns into vector
 * instructions; up to about a hundred instruments nothing else is as fast.
 *
 * <p>Its arrays are made once. Not safe for use by two threads.
 */
final class CountedRow {
  /** The most instruments. */
  static final int MOST = 128;

  private static final int SIGN = 31;

  private final int[] keys = new int[MOST];
  private final int[] smaller = new int[MOST];
  private final int[] equal = new int[MOST + 1];
  private final double[] values = new double[MOST + 1];
  private int length;
  private int known;

  /** Counts for the finite ones of {@code x[0], …, x[n - 1]}; n is at most {@link #MOST}. */
  void count(double[] x, int n) {
    length = n;
    known = convert(x, keys, n);
    Arrays.fill(keys, n, Math.min((n + 3) & -4, MOST), RowKeys.MISSING);
    Arrays.fill(smaller, 0, n, 0);
    for (int i = 0; i < n; i += 4) {
      add(keys, keys[i], keys[i + 1], keys[i + 2], keys[i + 3], smaller, n);
    }
  }

  /**
   * Takes counts that were made elsewhere.
   *
   * @param from where the first one is
   * @param step how far apart they are
   */
  void take(int[] counts, int from, int step, int n, int finite) {
    length = n;
    known = finite;
    for (int i = 0; i < n; i++) {
      smaller[i] = counts[from + i * step];
    }
  }

  /** How many values are finite. */
  int known() {
    return known;
  }

  /** Whether all finite values have different keys; then the counts are their places. */
  boolean isDistinct() {
    return sum(smaller, length) == known * (known - 1) / 2 + (length - known) * known;
  }

  /**
   * How many finite ones have a smaller key: for a finite value the place of the first one with its key, for another {@link
   * #known()}.
   */
  int smaller(int i) {
    return smaller[i];
  }

  /** Gives what a table has at the counts. */
  void look(double[] table, double[] out, int from) {
    look(smaller, table, out, from, length);
  }

  /**
   * Gives each value of the row that was counted the average rank of its equals; false, and nothing given, if different
   * values have the same key.
   */
  boolean share(double[] x, RankTable table, double[] out) {
    Arrays.fill(equal, 0, known + 1, 0);
    for (int i = 0; i < length; i++) {
      equal[smaller[i]]++;
      values[smaller[i]] = x[i];
    }
    if (!isEqual(x)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int first = smaller[i];
      out[i] = first == known ? Double.NaN : table.ofRun(first, first + equal[first]);
    }
    return true;
  }

  /** Whether all values with the same key are the same. */
  private boolean isEqual(double[] x) {
    boolean all = true;
    for (int i = 0; i < length; i++) {
      all &= x[i] == values[smaller[i]] || smaller[i] == known;
    }
    return all;
  }

  private static void look(int[] smaller, double[] table, double[] out, int from, int n) {
    for (int i = 0; i < n; i++) {
      out[from + i] = table[smaller[i]];
    }
  }

  private static int convert(double[] x, int[] keys, int n) {
    int known = 0;
    for (int i = 0; i < n; i++) {
      int key = RowKeys.of(x[i]);
      keys[i] = key;
      known += (key - RowKeys.MISSING) >>> SIGN;
    }
    return known;
  }

  private static void add(int[] keys, int a, int b, int c, int d, int[] smaller, int n) {
    for (int i = 0; i < n; i++) {
      int key = keys[i];
      smaller[i] +=
          ((a - key) >>> SIGN) + ((b - key) >>> SIGN) + ((c - key) >>> SIGN) + ((d - key) >>> SIGN);
    }
  }

  private static int sum(int[] counts, int n) {
    int sum = 0;
    for (int i = 0; i < n; i++) {
      sum += counts[i];
    }
    return sum;
  }
}
