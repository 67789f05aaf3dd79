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
  private final Rows n;
  private final List<Level> levels = new ArrayList<>();
  private Tile tile = Tile.NONE;
  private long[][] sorted = {};
  private long[] oldest = {};
  private long[] carry = {};
  private long[] beyond = {};
  private double[] result = {};

  SortedWindow(int window, Keys keys, Counts counts) {
    this.window = window;
    this.keys = keys;
    this.counts = counts;
    keys.rows().keep(window);
    this.n = counts.n(window);
  }

  /** One quantile. */
  private record Level(double level, Rows out) {}

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
  void allocate(Tile shape) {
    tile = shape;
    sorted = new long[window][tile.lanes];
    oldest = new long[tile.lanes];
    carry = new long[tile.lanes];
    beyond = new long[tile.lanes];
    Arrays.fill(beyond, Keys.MISSING);
    result = new double[tile.lanes];
    reset();
  }

  @Override
  void reset() {
    for (long[] row : sorted) {
      Arrays.fill(row, Keys.MISSING);
    }
  }

  @Override
  void run(int tick) {
    boolean positive = keys.positiveFor(tick, window + 1);
    double[] n = this.n.at(tick);
    boolean whole = counts.validity().wholeFor(tick, window);
    for (int i = 0; i < levels.size(); i++) {
      levels.get(i).out().write(tick);
    }
    for (int day = 0; day < tile.days; day++) {
      move(tick + day, positive);
      for (int i = 0; i < levels.size(); i++) {
        quantile(levels.get(i).level(), n, day * tile.lanes, whole);
        System.arraycopy(result, 0, levels.get(i).out().at(tick), day * tile.lanes, tile.lanes);
      }
    }
  }

  private void move(int tick, boolean positive) {
    keys.rows().copy(tick, carry);
    keys.rows().copy(tick - window, oldest);
    for (int place = 0; place < window; place++) {
      long[] next = place + 1 < window ? sorted[place + 1] : beyond;
      if (positive) {
        shift(oldest, next, carry, sorted[place]);
      } else {
        shiftSigned(oldest, next, carry, sorted[place]);
      }
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

  /** The same where differences may overflow. */
  private static void shiftSigned(long[] oldest, long[] next, long[] carry, long[] row) {
    for (int i = 0; i < row.length; i++) {
      long kept = next[i] ^ ((row[i] ^ next[i]) & -Keys.below(row[i], oldest[i]));
      long c = carry[i];
      long swap = (kept ^ c) & -Keys.below(kept, c);
      row[i] = c ^ swap;
      carry[i] = kept ^ swap;
    }
  }

  private void quantile(double level, double[] n, int from, boolean whole) {
    double place = level * (window - 1);
    int below = (int) place;
    if (place == below) {
      exact(sorted[below], result);
    } else {
      between(sorted[below], sorted[below + 1], place - below, result);
    }
    if (!whole) {
      for (int i = 0; i < result.length; i++) {
        if (n[from + i] != window) {
          result[i] = quantile(level, n[from + i], i);
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
    double low = Keys.value(sorted[below][lane]);
    return place == below
        ? low
        : low + (Keys.value(sorted[below + 1][lane]) - low) * (place - below);
  }

  @Override
  long bytesPerLane() {
    return 8L * window;
  }

  @Override
  long stateBytes(int lanes) {
    return 8L * window * lanes;
  }

  @Override
  void save(StateWriter out, int lanes) {
    for (long[] row : sorted) {
      out.longs(row);
    }
  }

  @Override
  void load(StateReader in, int lanes) {
    for (long[] row : sorted) {
      in.longs(row);
    }
  }
}
