package io.qilin.core.internal.row;

import io.qilin.core.internal.kernel.PowerRow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How values lie in a row: some days one after the other, on each all lanes side by side. A stream has one day in a row; a
 * computation over a panel has as many as make the loops long enough to outweigh going from kernel to kernel. Also the scratch
 * rows that a kernel may use while it runs. Confined to the thread that runs the program.
 */
final class Tile {
  /** Before any room is made. */
  static final Tile NONE = new Tile(0, 1);

  private static final int SCRATCH = ShortWindow.SCRATCH;

  final int lanes;
  /** Days of a row, a power of two. */
  final int days;
  /** Values of a row. */
  final int width;
  /** A row of 0, to be read only. */
  final double[] zeros;

  private final int shift;
  private final Map<Long, double[]> blanks = new HashMap<>();
  private final double[][] doubles = new double[SCRATCH][0];
  private @Nullable PowerRow powers;
  private final long[][] longs = new long[SCRATCH][0];

  Tile(int lanes, int days) {
    this.lanes = lanes;
    this.days = days;
    this.width = lanes * days;
    this.zeros = new double[width];
    this.shift = Integer.numberOfTrailingZeros(days);
  }

  /** The number of the row that a tick is in; days before tick 0 are in negative ones. */
  int row(int tick) {
    return tick >> shift;
  }

  /** How many days after the first of its row a tick is. */
  int day(int tick) {
    return tick & (days - 1);
  }

  /** How many rows it takes to go back so many ticks from any day of a row. */
  int rowsBack(int ticks) {
    return (ticks + days - 1) >> shift;
  }

  /** A row of one value, to be read only. */
  double[] blank(double value) {
    return blanks.computeIfAbsent(Double.doubleToRawLongBits(value), bits -> {
      double[] row = new double[width];
      Arrays.fill(row, value);
      return row;
    });
  }

  /** A row that is free until the kernel ends. */
  double[] doubles(int slot) {
    if (doubles[slot].length == 0) {
      doubles[slot] = new double[width];
    }
    return doubles[slot];
  }

  /** What computes powers, for one kernel after the other. */
  PowerRow powers() {
    PowerRow made = powers;
    if (made == null) {
      made = new PowerRow();
      powers = made;
    }
    return made;
  }

  /** A row that is free until the kernel ends. */
  long[] longs(int slot) {
    if (longs[slot].length == 0) {
      longs[slot] = new long[width];
    }
    return longs[slot];
  }
}
