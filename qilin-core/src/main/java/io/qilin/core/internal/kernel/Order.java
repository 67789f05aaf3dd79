package io.qilin.core.internal.kernel;

import java.util.Arrays;

/** Ranks and quantiles of a window. */
public final class Order {
  /** Number of rows that are not {@code NaN}; infinite ones count. */
  public static final WindowFunction COUNT = Order::count;

  /** Average rank of the newest value among the valid ones, over their number; {@code NaN} if the newest is not valid. */
  public static final WindowFunction RANK = Order::rank;

  private Order() {}

  private static double count(PackedSeries x, int from, int to) {
    double[] rows = x.rows();
    int count = 0;
    for (int row = from; row < to; row++) {
      count += Double.isNaN(rows[row]) ? 0 : 1;
    }
    return count;
  }

  private static double rank(PackedSeries x, int from, int to) {
    if (!x.isValidAt(to - 1)) {
      return Double.NaN;
    }
    double[] v = x.values();
    int first = x.before(from);
    int end = x.before(to);
    double newest = v[end - 1];
    int below = 0;
    int equal = 0;
    for (int i = first; i < end; i++) {
      below += v[i] < newest ? 1 : 0;
      equal += v[i] == newest ? 1 : 0;
    }
    return (below + (equal + 1) * 0.5) / (end - first);
  }

  /** Ranks from 1 of values without {@code NaN}, ties by their average. */
  static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] rankAt = new double[sorted.length];
    for (int first = 0, end; first < sorted.length; first = end) {
      end = first + 1;
      while (end < sorted.length && sorted[end] == sorted[first]) {
        end++;
      }
      Arrays.fill(rankAt, first, end, (first + end + 1) * 0.5);
    }
    double[] ranks = new double[values.length];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = rankAt[firstNotBelow(sorted, values[i])];
    }
    return ranks;
  }

  /** The first place of the sorted values, which hold the given one, that is not below it; without a branch to guess. */
  private static int firstNotBelow(double[] sorted, double value) {
    int first = 0;
    for (int left = sorted.length; left > 1; ) {
      int half = left >>> 1;
      first = sorted[first + half - 1] < value ? first + half : first;
      left -= half;
    }
    return first;
  }

  /**
   * Quantile with linear interpolation of every window; arguments as {@link Rolling#apply}.
   *
   * @param level 0 for the smallest value to 1 for the largest
   */
  public static double[] quantiles(
      double level, PackedSeries x, int window, int skip, Pulse pulse) {
    double[] out = new double[x.rows().length - skip];
    Sorted sorted = new Sorted();
    int first = 0;
    int end = 0;
    for (int i = 0; i < out.length; i++) {
      int to = skip + i + 1;
      int from = Rolling.start(to, window);
      for (; first < x.before(from); first++) {
        if (first < end) {
          sorted.remove(x.values()[first]);
        }
      }
      for (end = Math.max(end, first); end < x.before(to); end++) {
        sorted.add(x.values()[end]);
      }
      out[i] = sorted.quantile(level);
      pulse.spend(to - from);
    }
    return out;
  }

  /** Values kept in order. */
  private static final class Sorted {
    private double[] values = new double[16];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      int at = place(value);
      System.arraycopy(values, at, values, at + 1, size - at);
      values[at] = value;
      size++;
    }

    void remove(double value) {
      int at = place(value);
      size--;
      System.arraycopy(values, at + 1, values, at, size - at);
    }

    private int place(double value) {
      int at = Arrays.binarySearch(values, 0, size, value);
      return at < 0 ? -at - 1 : at;
    }

    double quantile(double level) {
      if (size == 0) {
        return Double.NaN;
      }
      double place = level * (size - 1);
      int below = (int) place;
      if (place == below) {
        return values[below];
      }
      return values[below] + (values[below + 1] - values[below]) * (place - below);
    }
  }
}
