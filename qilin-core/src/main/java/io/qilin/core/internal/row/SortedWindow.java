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

  /** One quantile: between which two places of so many valid values it lies, and how far from the first. */
  private static final class Level {
    final double level;
    final Rows out = Rows.of(Double.NaN);
    final int[] below;
    final int[] above;
    final double[] part;

    Level(double level, int window) {
      this.level = level;
      below = new int[window + 1];
      above = new int[window + 1];
      part = new double[window + 1];
      for (int n = 1; n <= window; n++) {
        double place = level * (n - 1);
        below[n] = (int) place;
        above[n] = (int) Math.ceil(place);
        part[n] = place - below[n];
      }
    }
  }

  /** The rows of the quantile at a level from 0 to 1, with linear interpolation. */
  Rows quantile(double level) {
    for (Level known : levels) {
      if (Double.compare(known.level, level) == 0) {
        return known.out;
      }
    }
    Level made = new Level(level, window);
    levels.add(made);
    return made.out;
  }

  List<Rows> rows() {
    return levels.stream().map(level -> level.out).toList();
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
      levels.get(i).out.write(tick);
    }
    for (int day = 0; day < tile.days; day++) {
      move(tick + day, positive);
      for (int i = 0; i < levels.size(); i++) {
        Level level = levels.get(i);
        if (whole) {
          quantile(level);
        } else {
          quantile(level, sorted, n, day * tile.lanes, result);
        }
        System.arraycopy(result, 0, level.out.at(tick), day * tile.lanes, tile.lanes);
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

  /** Where all rows of the window are valid in all lanes. */
  private void quantile(Level level) {
    int below = level.below[window];
    int above = level.above[window];
    if (below == above) {
      exact(sorted[below], result);
    } else {
      between(sorted[below], sorted[above], level.part[window], result);
    }
  }

  /** Where each lane has its own number of valid rows; without any, what is missing is the smallest. */
  private static void quantile(Level level, long[][] sorted, double[] n, int from, double[] out) {
    for (int i = 0; i < out.length; i++) {
      int valid = (int) n[from + i];
      double low = Keys.value(sorted[level.below[valid]][i]);
      double high = Keys.value(sorted[level.above[valid]][i]);
      out[i] = low + (high - low) * level.part[valid];
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
