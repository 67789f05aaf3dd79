package io.qilin.data.stream;

import io.qilin.api.market.Symbol;

/**
 * What a pane knows of its keys, twelve numbers for each in one array, so that a record touches two lines of the cache. The
 * numbers of a key with no record mean nothing.
 *
 * <p>Every number is a sum of whole numbers, a least or a greatest by a total order, so merging and adding commute.
 */
final class PaneCells {
  static final int WIDTH = 12;
  static final double VOLUME_UNITS = 1e3;
  static final double AMOUNT_UNITS = 1e4;

  /** For an amount that is not known. */
  static final long UNKNOWN = -1;

  static final int COUNT = 0;
  static final int VOLUME = 1;
  static final int AMOUNT = 2;
  static final int UNKNOWN_AMOUNTS = 3;
  static final int HIGH = 4;
  static final int LOW = 5;
  static final int OPEN = 6;
  static final int OPEN_TIME = 7;
  static final int OPEN_SEQUENCE = 8;
  static final int CLOSE = 9;
  static final int CLOSE_TIME = 10;
  static final int CLOSE_SEQUENCE = 11;

  private PaneCells() {}

  static boolean empty(long[] cells, int at) {
    return cells[at + COUNT] == 0;
  }

  static long volume(long[] cells, int at) {
    return cells[at + COUNT] == 0 ? 0 : cells[at + VOLUME];
  }

  static long amount(long[] cells, int at) {
    return cells[at + COUNT] == 0 ? 0 : cells[at + AMOUNT];
  }

  /** Adds a record; prices are positive, so that their bits are ordered as they are. */
  static void add(
      long[] cells, int at, long time, long sequence, double price, long volume, long amount) {
    long bits = Double.doubleToRawLongBits(price);
    long unknown = amount == UNKNOWN ? 1 : 0;
    long known = amount == UNKNOWN ? 0 : amount;
    if (cells[at + COUNT]++ == 0) {
      cells[at + VOLUME] = volume;
      cells[at + AMOUNT] = known;
      cells[at + UNKNOWN_AMOUNTS] = unknown;
      cells[at + HIGH] = bits;
      cells[at + LOW] = bits;
      open(cells, at, time, sequence, bits);
      close(cells, at, time, sequence, bits);
      return;
    }
    cells[at + VOLUME] += volume;
    cells[at + AMOUNT] += known;
    cells[at + UNKNOWN_AMOUNTS] += unknown;
    cells[at + HIGH] = Math.max(cells[at + HIGH], bits);
    cells[at + LOW] = Math.min(cells[at + LOW], bits);
    order(cells, at, time, sequence, bits, time, sequence, bits);
  }

  /** Adds what another pane knows of the same key. */
  static void merge(long[] cells, int at, long[] other, int from) {
    if (other[from + COUNT] == 0) {
      return;
    }
    if (cells[at + COUNT] == 0) {
      System.arraycopy(other, from, cells, at, WIDTH);
      return;
    }
    cells[at + COUNT] += other[from + COUNT];
    cells[at + VOLUME] += other[from + VOLUME];
    cells[at + AMOUNT] += other[from + AMOUNT];
    cells[at + UNKNOWN_AMOUNTS] += other[from + UNKNOWN_AMOUNTS];
    cells[at + HIGH] = Math.max(cells[at + HIGH], other[from + HIGH]);
    cells[at + LOW] = Math.min(cells[at + LOW], other[from + LOW]);
    order(
        cells,
        at,
        other[from + OPEN_TIME],
        other[from + OPEN_SEQUENCE],
        other[from + OPEN],
        other[from + CLOSE_TIME],
        other[from + CLOSE_SEQUENCE],
        other[from + CLOSE]);
  }

  private static void order(
      long[] cells,
      int at,
      long openTime,
      long openSequence,
      long open,
      long closeTime,
      long closeSequence,
      long close) {
    if (before(
        openTime,
        openSequence,
        open,
        cells[at + OPEN_TIME],
        cells[at + OPEN_SEQUENCE],
        cells[at + OPEN])) {
      open(cells, at, openTime, openSequence, open);
    }
    if (before(
        cells[at + CLOSE_TIME],
        cells[at + CLOSE_SEQUENCE],
        cells[at + CLOSE],
        closeTime,
        closeSequence,
        close)) {
      close(cells, at, closeTime, closeSequence, close);
    }
  }

  private static void open(long[] cells, int at, long time, long sequence, long bits) {
    cells[at + OPEN] = bits;
    cells[at + OPEN_TIME] = time;
    cells[at + OPEN_SEQUENCE] = sequence;
  }

  private static void close(long[] cells, int at, long time, long sequence, long bits) {
    cells[at + CLOSE] = bits;
    cells[at + CLOSE_TIME] = time;
    cells[at + CLOSE_SEQUENCE] = sequence;
  }

  private static boolean before(
      long time, long sequence, long bits, long time2, long sequence2, long bits2) {
    if (time != time2) {
      return time < time2;
    }
    return sequence != sequence2 ? sequence < sequence2 : bits < bits2;
  }

  static WindowAggregate aggregate(long[] cells, Symbol symbol) {
    return new WindowAggregate(
        symbol,
        cells[COUNT],
        Double.longBitsToDouble(cells[OPEN]),
        Double.longBitsToDouble(cells[HIGH]),
        Double.longBitsToDouble(cells[LOW]),
        Double.longBitsToDouble(cells[CLOSE]),
        cells[VOLUME] / VOLUME_UNITS,
        cells[UNKNOWN_AMOUNTS] == 0 ? cells[AMOUNT] / AMOUNT_UNITS : Double.NaN);
  }
}
