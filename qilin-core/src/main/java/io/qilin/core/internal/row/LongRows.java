package io.qilin.core.internal.row;

import java.util.Arrays;

/** As {@link Rows}, of whole numbers; none is borrowed. */
final class LongRows {
  private final long initial;
  private int lag;
  private int depth;
  private int start;
  private Tile tile = Tile.NONE;
  private long[][] rows = {};

  LongRows(long initial) {
    this.initial = initial;
  }

  /** Asks that the row of so many ticks ago can be read. */
  LongRows keep(int ticks) {
    lag = Math.max(lag, ticks);
    return this;
  }

  void allocate(Tile shape) {
    tile = shape;
    depth = tile.rowsBack(lag) + 1;
    rows = new long[depth][tile.width];
    reset();
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
    for (long[] row : rows) {
      Arrays.fill(row, initial);
    }
    start = 0;
  }

  /** The row that begins with a tick, for reading. */
  long[] at(int tick) {
    int place = tile.row(tick) - start;
    return rows[place < 0 ? place + depth : place];
  }

  /** As {@link Rows#before}. */
  long[] before(int tick, int ticks, int slot) {
    int first = tick - ticks;
    int day = tile.day(first);
    if (day == 0) {
      return at(first);
    }
    long[] out = tile.longs(slot);
    int part = day * tile.lanes;
    System.arraycopy(at(first - day), part, out, 0, out.length - part);
    System.arraycopy(at(first - day + tile.days), 0, out, out.length - part, part);
    return out;
  }

  /** Copies the values of all lanes on any tick. */
  void copy(int tick, long[] to) {
    int day = tile.day(tick);
    System.arraycopy(at(tick - day), day * tile.lanes, to, 0, tile.lanes);
  }

  /** The row of a tick that is not older than the newest, to be written. */
  long[] write(int tick) {
    int number = tile.row(tick);
    int place = number - start;
    if (place >= depth) {
      start = place < 2 * depth ? start + depth : number;
    }
    return at(tick);
  }

  void save(StateWriter out) {
    out.integer(start);
    for (long[] row : rows) {
      out.longs(row);
    }
  }

  void load(StateReader in) {
    start = in.start();
    for (long[] row : rows) {
      in.longs(row);
    }
  }
}
