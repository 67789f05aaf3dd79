package io.qilin.core.internal.row;

import java.util.Arrays;

/** As {@link Rows}, of whole numbers; none is borrowed. */
final class LongRows {
  private final long initial;
  private int lag;
  private int mask;
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
    int depth = depth(ticks);
    mask = depth - 1;
    rows = new long[depth][lanes];
    reset();
  }

  private int depth(int ticks) {
    int least = lag + ticks;
    int power = Integer.highestOneBit(least);
    return power == least ? power : power << 1;
  }

  long stateBytes() {
    return 8L * rows.length * rows[0].length;
  }

  long bytesPerLane() {
    return 8L * depth(1);
  }

  void reset() {
    for (long[] row : rows) {
      Arrays.fill(row, initial);
    }
  }

  /** The row of a tick. */
  long[] at(int tick) {
    return rows[tick & mask];
  }

  void save(StateWriter out) {
    for (long[] row : rows) {
      out.longs(row);
    }
  }

  void load(StateReader in) {
    for (long[] row : rows) {
      in.longs(row);
    }
  }
}
