package io.qilin.core.internal.row;

import java.util.Arrays;

/**
 * The latest rows of one quantity: a ring, just as long as needed, each row a {@link Tile} of values. Ticks are days; the
 * row of a tick is the one that begins with it. A row may be borrowed from another ring or be a constant; it is then read only
 * as long as the lender keeps it.
 */
final class Rows {
  private final double initial;
  private int lag;
  private int depth;
  /** The number of the row that is the first of the ring. */
  private int start;

  private Tile tile = Tile.NONE;
  private double[][] rows = {};
  /** Rows that were written here; empty until then. */
  private double[][] own = {};
  /** What rows hold until they are written. */
  private double[] blank = {};

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
   * @param ahead how many days may be written before the first of them is read, not fewer than a row has
   */
  void allocate(Tile shape, int ahead) {
    tile = shape;
    depth = tile.rowsBack(lag) + tile.rowsBack(ahead);
    rows = new double[depth][];
    own = new double[depth][0];
    blank = tile.blank(initial);
    reset();
  }

  /** How many rows there are; after {@link #allocate}. */
  int depth() {
    return depth;
  }

  Tile tile() {
    return tile;
  }

  long stateBytes() {
    return 4 + 8L * depth * tile.width;
  }

  /** Bytes for each lane with so many days in a row. */
  long bytesPerLane(int days) {
    return 8L * days * ((lag + days - 1) / days + 1);
  }

  void reset() {
    Arrays.fill(rows, blank);
    start = 0;
  }

  /** Has the rows before a tick in the ring, so that none of them is the one that the tick is written to. */
  void startAt(int tick) {
    start = tile.row(tick) - depth;
  }

  /** The row that begins with a tick, for reading. */
  double[] at(int tick) {
    int place = tile.row(tick) - start;
    if (place < 0) {
      place += depth;
    }
    return place < depth ? rows[place] : rows[0];
  }

  /**
   * The row that begins so many ticks before another, for reading within one run of a kernel.
   *
   * @param slot where it may be put together, other than those of the kernel's other rows
   */
  double[] before(int tick, int ticks, int slot) {
    return tile.day(ticks) == 0 ? at(tick - ticks) : before(tick, ticks, tile.doubles(slot));
  }

  /**
   * The row that begins so many ticks before another.
   *
   * @param out where it may be put together
   */
  double[] before(int tick, int ticks, double[] out) {
    int first = tick - ticks;
    int day = tile.day(first);
    if (day == 0) {
      return at(first);
    }
    double[] older = at(first - day);
    double[] newer = at(first - day + tile.days);
    if (older == newer) {
      return newer; // on two rows in turn only what is the same everywhere
    }
    int part = day * tile.lanes;
    System.arraycopy(older, part, out, 0, out.length - part);
    System.arraycopy(newer, 0, out, out.length - part, part);
    return out;
  }

  /** The value of a lane on any tick. */
  double value(int tick, int lane) {
    int day = tile.day(tick);
    return at(tick - day)[day * tile.lanes + lane];
  }

  /** The row of a tick, to be written. */
  double[] write(int tick) {
    int place = advance(tick);
    double[] row = own[place];
    if (row.length == 0) {
      row = new double[tile.width];
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
    int number = tile.row(tick);
    int place = number - start;
    if (place >= depth) {
      start = place < 2 * depth ? start + depth : number;
      place = number - start;
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
    start = in.start();
    for (int place = 0; place < depth; place++) {
      double[] row = new double[tile.width];
      in.doubles(row);
      own[place] = row;
      rows[place] = row;
    }
  }
}
