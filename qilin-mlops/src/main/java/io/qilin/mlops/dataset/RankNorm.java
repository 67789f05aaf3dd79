package io.qilin.mlops.dataset;

import java.util.Arrays;

/**
 * Replaces values by {@code (rank / count - 0.5) · 3.46}; equal values, and 0 and -0, share the mean of their ranks. Values are
 * sorted as whole numbers of which the last digits are the rows, so that each rank knows where it belongs; values that differ
 * in those last digits only are put in order afterwards. Confined to one thread.
 */
final class RankNorm {
  /** What makes the standard deviation of evenly spread ranks about 1. */
  private static final double TO_STD = 3.46;

  private final long[] keys;
  private final double[] near;
  private final long rowMask;

  RankNorm(int mostRows) {
    keys = new long[mostRows];
    near = new double[mostRows];
    rowMask = mostRows < 2 ? 0 : (Long.highestOneBit(mostRows - 1L) << 1) - 1;
  }

  /** Changes the first rows of a column; NaN stays. */
  void apply(double[] column, int rows) {
    int known = 0;
    for (int row = 0; row < rows; row++) {
      double value = column[row] + 0.0; // -0 becomes 0
      if (!Double.isNaN(value)) {
        column[row] = value;
        keys[known++] = (ordered(value) & ~rowMask) | row;
      }
    }
    Arrays.sort(keys, 0, known);
    for (int from = 0; from < known; ) {
      int to = from + 1;
      boolean same = true;
      while (to < known && (keys[to] & ~rowMask) == (keys[from] & ~rowMask)) {
        same &= column[row(to)] == column[row(from)];
        to++;
      }
      if (same) {
        double norm = norm(from, to, known);
        for (int i = from; i < to; i++) {
          column[row(i)] = norm;
        }
      } else {
        nearly(column, from, to, known);
      }
      from = to;
    }
  }

  /** Values that are equal but for their last digits. */
  private void nearly(double[] column, int from, int to, int known) {
    int count = to - from;
    for (int i = 0; i < count; i++) {
      near[i] = column[row(from + i)];
    }
    Arrays.sort(near, 0, count);
    double[] norms = new double[count];
    for (int begin = 0; begin < count; ) {
      int end = begin + 1;
      while (end < count && near[end] == near[begin]) {
        end++;
      }
      Arrays.fill(norms, begin, end, norm(from + begin, from + end, known));
      begin = end;
    }
    for (int i = from; i < to; i++) {
      column[row(i)] = norms[Arrays.binarySearch(near, 0, count, column[row(i)])];
    }
  }

  private int row(int place) {
    return (int) (keys[place] & rowMask);
  }

  /** Of the places from one to before another, which share a rank. */
  private static double norm(int from, int to, int known) {
    return ((from + 1.0 + to) / 2 / known - 0.5) * TO_STD;
  }

  /** A number that is larger where the value is. */
  private static long ordered(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
