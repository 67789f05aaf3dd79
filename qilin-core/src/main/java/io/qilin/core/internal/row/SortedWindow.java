package io.qilin.core.internal.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one window of a series in order, for quantiles. The smallest values of all lanes are one row, the second
 * smallest the next, and so on: taking the oldest value out and putting the newest in is then the same few operations on
 * every row, without a branch. Missing values are the largest, at the end.
 */
final class SortedWindow extends Kernel {
  private final int window;
  private final Keys keys;
  private final Counts counts;
  private final LongRows sorted;
  private final List<Level> levels = new ArrayList<>();
  private long[] carry = {};
  private long[] beyond = {};

  SortedWindow(int window, Keys keys, Counts counts) {
    this.window = window;
    this.keys = keys;
    this.counts = counts;
    this.sorted = new LongRows(Keys.MISSING).keep(window - 1);
    keys.rows().keep(window);
    counts.level(window);
  }

  /** One quantile. */
  private record Level(double level, Rows out) {}

  LongRows sorted() {
    return sorted;
  }

  /** The rows of the quantile at a level from 0 to 1, with linear interpolation. */
  Rows quantile(double level) {
    for (Level known : levels) {
      if (Double.compare(known.level(), level) == 0) {
        return known.out();
      }
    }
    Rows rows = Rows.of(Double.NaN);
    levels.add(new Level(level, rows));
    return rows;
  }

  List<Rows> rows() {
    return levels.stream().map(Level::out).toList();
  }

  @Override
  void run(int tick) {
    long[] newest = keys.rows().at(tick);
    long[] oldest = keys.rows().at(tick - window);
    if (carry.length != newest.length) {
      carry = new long[newest.length];
      beyond = new long[newest.length];
      Arrays.fill(beyond, Keys.MISSING);
    }
    System.arraycopy(newest, 0, carry, 0, carry.length);
    boolean positive = keys.positiveFor(tick, window + 1);
    for (int place = 0; place < window; place++) {
      long[] row = sorted.at(place);
      long[] next = place + 1 < window ? sorted.at(place + 1) : beyond;
      if (positive) {
        shift(oldest, next, carry, row);
      } else {
        shiftSigned(oldest, next, carry, row);
      }
    }
    double[] n = counts.level(window).n.at(tick);
    boolean whole = counts.validity().wholeFor(tick, window);
    for (Level level : levels) {
      quantile(level.level(), n, whole, level.out().write(tick));
    }
  }

  /**
   * Takes the next value where this one or an earlier was taken out, then leaves the smaller of it and the one carried and
   * carries the larger. Keys are not negative.
   */
  private static void shift(long[] oldest, long[] next, long[] carry, long[] row) {
    for (int i = 0; i < row.length; i++) {
      long below = -((row[i] - oldest[i]) >>> 63);
      long kept = next[i] ^ ((row[i] ^ next[i]) & below);
      long c = carry[i];
      long swap = (kept ^ c) & -((kept - c) >>> 63);
      row[i] = c ^ swap;
      carry[i] = kept ^ swap;
    }
  }

  private static void shiftSigned(long[] oldest, long[] next, long[] carry, long[] row) {
    for (int i = 0; i < row.length; i++) {
      long kept = row[i] < oldest[i] ? row[i] : next[i];
      long c = carry[i];
      row[i] = Math.min(kept, c);
      carry[i] = Math.max(kept, c);
    }
  }

  private void quantile(double level, double[] n, boolean whole, double[] out) {
    double place = level * (window - 1);
    int below = (int) place;
    if (place == below) {
      exact(sorted.at(below), out);
    } else {
      between(sorted.at(below), sorted.at(below + 1), place - below, out);
    }
    if (!whole) {
      for (int i = 0; i < out.length; i++) {
        if (n[i] != window) {
          out[i] = quantile(level, n[i], i);
        }
      }
    }
  }

  private static void exact(long[] keys, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Keys.value(keys[i]);
    }
  }

  private static void between(long[] below, long[] above, double part, double[] out) {
    for (int i = 0; i < out.length; i++) {
      double low = Keys.value(below[i]);
      out[i] = low + (Keys.value(above[i]) - low) * part;
    }
  }

  private double quantile(double level, double n, int lane) {
    if (n == 0) {
      return Double.NaN;
    }
    double place = level * (n - 1);
    int below = (int) place;
    double low = Keys.value(sorted.at(below)[lane]);
    return place == below
        ? low
        : low + (Keys.value(sorted.at(below + 1)[lane]) - low) * (place - below);
  }
}
