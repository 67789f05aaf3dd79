package io.qilin.core.internal.row;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest rows of one quantity: a ring indexed by tick, each row one value a lane. A row may be borrowed from another
 * ring or be a constant; it is then read only as long as the lender keeps it.
 */
final class Rows {
  private final double initial;
  private int lag;
  private int mask;
  private int lanes;
  private double[][] rows = {};
  private @Nullable double[][] own = {};

  private Rows(double initial) {
    this.initial = initial;
  }

  /** Rows that hold this value until they are written. */
  static Rows of(double initial) {
    return new Rows(initial);
  }

  /** Asks that the row of so many ticks ago can be read. Before {@link #allocate} only. */
  Rows keep(int ticks) {
    lag = Math.max(lag, ticks);
    return this;
  }

  /** How many ticks back the rows can be read. */
  int lag() {
    return lag;
  }

  /**
   * Makes the rows.
   *
   * @param ticks how many ticks may be run before others read the first of them
   */
  void allocate(int count, int ticks) {
    lanes = count;
    int depth = depth(ticks);
    mask = depth - 1;
    rows = new double[depth][];
    own = new double[depth][];
    reset();
  }

  /** How many rows there are; after {@link #allocate}. */
  int depth() {
    return rows.length;
  }

  private int depth(int ticks) {
    int least = lag + ticks;
    int power = Integer.highestOneBit(least);
    return power == least ? power : power << 1;
  }

  long stateBytes() {
    return 8L * rows.length * lanes;
  }

  long bytesPerLane() {
    return 8L * depth(1);
  }

  void reset() {
    double[] blank = new double[lanes];
    Arrays.fill(blank, initial);
    for (int i = 0; i < rows.length; i++) {
      double[] mine = own[i];
      if (mine != null) {
        Arrays.fill(mine, initial);
      }
      rows[i] = blank;
    }
  }

  /** The row of a tick, for reading. */
  double[] at(int tick) {
    return rows[tick & mask];
  }

  /** The row of a tick, to be written. */
  double[] write(int tick) {
    int at = tick & mask;
    double[] row = own[at];
    if (row == null) {
      row = new double[lanes];
      own[at] = row;
    }
    point(at, row);
    return row;
  }

  /** Storing a reference costs the collector's barrier, which a comparison saves: mostly it is there already. */
  private void point(int at, double[] row) {
    if (rows[at] != row) {
      rows[at] = row;
    }
  }

  /** Takes another's row for that of a tick. */
  void borrow(int tick, double[] row) {
    point(tick & mask, row);
  }

  void save(StateWriter out) {
    for (double[] row : rows) {
      out.doubles(row);
    }
  }

  void load(StateReader in) {
    for (int i = 0; i < rows.length; i++) {
      in.doubles(write(i));
    }
  }
}
