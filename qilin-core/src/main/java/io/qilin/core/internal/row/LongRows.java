package io.qilin.core.internal.row;

import java.util.Arrays;

/** As {@link Rows}, of whole numbers; none is borrowed. */
final class LongRows {
  private final long initial;
  private int lag;
  private int depth;
  private int start;
  private long[][] rows = {};

  LongRows(long initial) {
    this.initial = initial;
  }

  /** Asks that the row of so many ticks ago can be read. */
  LongRows keep(int ticks) {
    lag = Math.max(lag, ticks);
    return this;
  }

  void allocate(int lanes, int ticks) {
    depth = lag + ticks;
    rows = new long[depth][lanes];
    reset();
  }

  long stateBytes() {
    return 4 + 8L * depth * rows[0].length;
  }

  long bytesPerLane() {
    return 8L * (lag + 1);
  }

  void reset() {
    for (long[] row : rows) {
      Arrays.fill(row, initial);
    }
    start = 0;
  }

  /** The row of a tick, for reading. */
  long[] at(int tick) {
    int place = tick - start;
    return rows[place < 0 ? place + depth : place];
  }

  /** The row of a tick that is not older than the newest, to be written. */
  long[] write(int tick) {
    int place = tick - start;
    if (place >= depth) {
      start = place < 2 * depth ? start + depth : tick;
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
    start = in.integer();
    for (long[] row : rows) {
      in.longs(row);
    }
  }
}
