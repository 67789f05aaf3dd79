package io.qilin.data.bench;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The yardstick Y: the time in which this machine, in this process, writes an output of a given size with plain stores to
 * pages that have been written before. No engine that stores its results is faster, so a time divided by Y says how far
 * an engine is from the end of the road, and compares across machines better than milliseconds do.
 *
 * <p>The memory is allocated once and kept; every pass writes all of it, with another value each time, by one loop a
 * column that the JIT compiler turns into vector stores. Not safe for use by several threads.
 */
public final class Yardstick {
  /** Passes that only warm pages and compiler: at least so many. */
  private static final int WARM_UP = 3;

  /** And more of a small output, until the compiler has seen enough. */
  private static final int MOST_WARM_UP = 1_000;

  private static final long WARM_UP_BYTES = 500_000_000;

  private final double[][] columns;
  private final LongSupplier nanoTime;
  private double value;

  private Yardstick(double[][] columns, LongSupplier nanoTime) {
    this.columns = columns;
    this.nanoTime = nanoTime;
  }

  /**
   * Allocates and warms the memory, 8 bytes a cell.
   *
   * @param columns how many columns the output has, for example 158 factors
   * @param cells how many values a column has: instruments × days
   * @param nanoTime a clock in nanoseconds from any origin that does not go back, for example {@code System::nanoTime}
   * @throws QilinException INVALID_ARGUMENT unless both are at least 1
   */
  public static Yardstick of(int columns, int cells, LongSupplier nanoTime) {
    Objects.requireNonNull(nanoTime, "nanoTime");
    if (columns < 1 || cells < 1) {
      throw QilinException.invalid("the yardstick needs at least one column and one cell, was "
          + columns + " columns of " + cells);
    }
    Yardstick yardstick = new Yardstick(new double[columns][cells], nanoTime);
    long passes = Math.max(WARM_UP, Math.min(MOST_WARM_UP, WARM_UP_BYTES / yardstick.bytes()));
    for (int pass = 0; pass < passes; pass++) {
      yardstick.write();
    }
    return yardstick;
  }

  /** Bytes that one pass writes. */
  public long bytes() {
    return 8L * columns.length * columns[0].length;
  }

  /**
   * Writes the whole output several times; the median is Y.
   *
   * @param passes how often, at least once
   * @throws QilinException INVALID_ARGUMENT for less than one pass
   */
  public Timings writes(int passes) {
    return Timings.measure(passes, nanoTime, this::write);
  }

  private void write() {
    value++;
    for (double[] column : columns) {
      fill(column, value);
    }
  }

  private static void fill(double[] column, double value) {
    for (int i = 0; i < column.length; i++) {
      column[i] = value;
    }
  }
}
