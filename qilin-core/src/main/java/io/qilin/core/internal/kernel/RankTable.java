package io.qilin.core.internal.kernel;

import java.util.Arrays;

/**
 * The ranks of so many different values, 1/n, 2/n, … 1, and {@code NaN} behind them. They are divided again only when n is
 * another one than before. Not safe for use by two threads.
 */
final class RankTable {
  private final double[] places;
  private final double[] ranks;
  private int count = -1;

  /** For up to so many values. */
  RankTable(int width) {
    places = new double[width + 1];
    Arrays.setAll(places, i -> i + 1);
    ranks = new double[width + 1];
  }

  /** The ranks of so many values, from the least one on; valid until the next call. */
  double[] of(int values) {
    if (count != values) {
      count = values;
      divide(places, values, ranks);
      ranks[values] = Double.NaN;
    }
    return ranks;
  }

  /** The average rank of equal values, of the table that was asked for last. */
  double ofRun(int first, int end) {
    return (first + end + 1) * 0.5 / count;
  }

  private static void divide(double[] places, int values, double[] ranks) {
    for (int i = 0; i < values; i++) {
      ranks[i] = places[i] / values;
    }
  }
}
