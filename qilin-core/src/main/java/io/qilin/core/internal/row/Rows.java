package io.qilin.core.internal.row;

import java.util.Arrays;

/**
 * The latest rows of one quantity: a ring, just as long as needed, each row one value a lane. A row may be borrowed from another
 * ring or be a constant; it is then read only as long as the lender keeps it.
 */
final class Rows {
  private final double initial;
  private int lag;
  private int depth;
  /** The tick whose row is the first of the ring. */
  private int start;

  private int lanes;
  private double[][] rows = {};
  /** Rows that were written here; empty until then. */
  private double[][] own = {};

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
    depth = lag + ticks;
    rows = new double[depth][];
    own = new double[depth][0];
    reset();
  }

  /** How many rows there are; after {@link #allocate}. */
  int depth() {
    return depth;
  }

  long stateBytes() {
    return 4 + 8L * depth * lanes;
  }

  long bytesPerLane() {
    return 8L * (lag + 1);
  }

  void reset() {
    double[] blank = new double[lanes];
    Arrays.fill(blank, initial);
    Arrays.fill(rows, blank);
    start = 0;
  }

  /** The row of a tick, for reading. */
  double[] at(int tick) {
    int place = tick - start;
    if (place < 0) {
      place += depth;
    }
    return place < depth ? rows[place] : rows[0];
  }

  /** The row of a tick, to be written. */
  double[] write(int tick) {
    int place = advance(tick);
    double[] row = own[place];
    if (row.length == 0) {
      row = new double[lanes];
      own[place] = row;
    }
    point(place, row);
    return row;
  }

  /** Takes another's row for that of a tick. */
  void borrow(int tick, double[] row) {
    point(advance(tick), row);
  }

  /** The place of a tick that is not older than the newest; the ring begins anew where it is full. */
  private int advance(int tick) {
    int place = tick - start;
    if (place >= depth) {
      start = place < 2 * depth ? start + depth : tick;
      place = tick - start;
    }
    return place < 0 ? place + depth : place;
  }

  /** Storing a reference costs the collector's barrier, which a comparison saves: mostly it is there already. */
  private void point(int place, double[] row) {
    if (rows[place] != row) {
      rows[place] = row;
    }
  }

  void save(StateWriter out) {
    out.integer(start);
    for (double[] row : rows) {
      out.doubles(row);
    }
  }

  void load(StateReader in) {
    start = in.integer();
    for (int place = 0; place < depth; place++) {
      double[] row = new double[lanes];
      in.doubles(row);
      own[place] = row;
      rows[place] = row;
    }
  }
}
