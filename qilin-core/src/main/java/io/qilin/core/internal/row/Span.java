package io.qilin.core.internal.row;

import java.util.Arrays;

/**
 * Where series have rows: for each lane from a first day to the day before an end. Outside there is no row at all, which is
 * not the same as a row whose value is missing.
 */
final class Span extends Kernel {
  /** Of constants, which have no rows of their own. */
  static final Span NONE = new Span();

  private final Rows outside = Rows.of(Double.NaN);
  private final Rows count = Rows.of(0);
  private int[] first = {};
  private int[] end = {};
  private int latestFirst;
  private int earliestEnd;
  private double[] inside = {};
  private boolean counted;
  private int countedWhole;
  private double[] whole = {};
  private Tile tile = Tile.NONE;

  /** The rows that it writes. */
  Rows[] rows() {
    return new Rows[] {outside, count};
  }

  /** Nothing has rows until {@link #set}. */
  @Override
  void allocate(Tile shape) {
    tile = shape;
    first = new int[tile.lanes];
    end = new int[tile.lanes];
    Arrays.fill(first, Integer.MAX_VALUE);
    inside = new double[tile.width];
    Arrays.fill(inside, -0.0);
    whole = new double[tile.width];
    Arrays.fill(whole, countedWhole);
    noteEnds();
  }

  /** Sets the days of a lane, as ticks. */
  void set(int lane, int firstTick, int endTick) {
    first[lane] = firstTick;
    end[lane] = endTick;
  }

  /** To be called after {@link #set}. */
  void noteEnds() {
    latestFirst = Integer.MIN_VALUE;
    earliestEnd = Integer.MAX_VALUE;
    for (int i = 0; i < first.length; i++) {
      latestFirst = Math.max(latestFirst, first[i]);
      earliestEnd = Math.min(earliestEnd, end[i]);
    }
  }

  int first(int lane) {
    return first[lane];
  }

  int end(int lane) {
    return end[lane];
  }

  /** Rows of −0 where the series has a row and {@code NaN} elsewhere, to be added: −0 changes no number, not even −0. */
  Rows outside(int ticks) {
    return outside.keep(ticks);
  }

  /**
   * Rows of the number of rows so far, the row itself included, but at most about so many; 0 where there is none yet.
   *
   * @param window counts above it need not be told apart
   */
  Rows count(int ticks, int window) {
    counted = true;
    countedWhole = Math.max(countedWhole, window);
    return count.keep(ticks);
  }

  /** Whether every lane has a row at that tick. */
  boolean everywhere(int tick) {
    return tick >= latestFirst && tick < earliestEnd;
  }

  boolean has(int lane, int tick) {
    return tick >= first[lane] && tick < end[lane];
  }

  /** Whether every lane has a row on all days of a row that begins with a tick. */
  boolean everywhereIn(int tick) {
    return everywhere(tick) && everywhere(tick + tile.days - 1);
  }

  @Override
  void run(int tick) {
    if (everywhereIn(tick)) {
      outside.borrow(tick, inside);
    } else {
      mark(outside.write(tick), tick);
    }
    if (counted) {
      if ((long) tick - latestFirst + 1 >= countedWhole && latestFirst != Integer.MIN_VALUE) {
        count.borrow(tick, whole);
      } else {
        count(count.write(tick), tick);
      }
    }
  }

  private void mark(double[] out, int tick) {
    for (int day = 0; day < tile.days; day++) {
      for (int lane = 0; lane < tile.lanes; lane++) {
        out[day * tile.lanes + lane] = has(lane, tick + day) ? -0.0 : Double.NaN;
      }
    }
  }

  private void count(double[] out, int tick) {
    for (int day = 0; day < tile.days; day++) {
      count(out, day * tile.lanes, tick + day);
    }
  }

  private void count(double[] out, int offset, int tick) {
    for (int lane = 0; lane < first.length; lane++) {
      out[offset + lane] = Math.max(0.0, Math.min((double) tick - first[lane] + 1, countedWhole));
    }
  }
}
