package io.qilin.core.internal.kernel;

import java.util.Arrays;

/**
 * {@linkplain CountedRow Places by counting} for short rows of several days at once. The days of an instrument stand side by
 * side; all instruments are then turned by one place after the other, and each turn compared with them as they stood. So the
 * loops are as long as all the days together, where those over one short day would mostly be beginnings and ends.
 *
 * <p>Its arrays are made once. Not safe for use by two threads.
 */
final class CountedDays {
  /** How far apart, in numbers, what one loop reads must be to become vector instructions. */
  private static final int APART = 16;

  /** Turns that are compared from one copy. */
  private static final int TURNS = 8;

  private static final int SIGN = 31;

  private final int lanes;
  private final int days;
  private final int length;
  /** The keys, all days of the first instrument, then of the next; {@link RowKeys#MISSING} behind the last one. */
  private final int[] keys;
  /** The keys turned by no place, one, …, twice over: as many as make a turn of all of them {@link #APART} numbers long. */
  private final int[][] turned;

  private final int[] part;
  private final int[] smaller;
  private final int[] known;

  /**
   * For so many instruments, at most {@link CountedRow#MOST}.
   *
   * @param days days at once: a power of two, at most 16
   */
  CountedDays(int lanes, int days) {
    this.lanes = lanes;
    this.days = days;
    int heads = APART / days;
    int step = heads * TURNS;
    this.length = (lanes + step - 1) / step * step * days;
    this.keys = new int[length];
    this.turned = new int[heads][2 * length];
    this.part = new int[length + (TURNS - 1) * APART];
    this.smaller = new int[length];
    this.known = new int[days];
    Arrays.fill(keys, RowKeys.MISSING);
  }

  /** The most days of so many that it can take at once; 1 if it is of no use for them. */
  static int days(int lanes, int days) {
    return lanes <= CountedRow.MOST && days >= 4 ? Math.min(days, APART) : 1;
  }

  /** Counts for the finite ones of the days that begin at a place of x, each as long as there are instruments. */
  void count(double[] x, int from) {
    for (int day = 0; day < days; day++) {
      known[day] = convert(x, from + day * lanes, keys, day, days, lanes);
    }
    for (int head = 0; head < turned.length; head++) {
      int[] turn = turned[head];
      int ahead = head * days;
      System.arraycopy(keys, ahead, turn, 0, length - ahead);
      System.arraycopy(keys, 0, turn, length - ahead, ahead);
      System.arraycopy(turn, 0, turn, length, length);
    }
    Arrays.fill(smaller, 0);
    for (int first = 0; first < length; first += TURNS * APART) {
      for (int[] turn : turned) {
        System.arraycopy(turn, first, part, 0, part.length);
        addNear(part, keys, smaller);
        addFar(part, keys, smaller);
      }
    }
  }

  /** Gives the counts of a day. */
  void give(int day, CountedRow row) {
    row.take(smaller, day, days, lanes, known[day]);
  }

  private static int convert(double[] x, int from, int[] keys, int to, int step, int n) {
    int known = 0;
    for (int i = 0; i < n; i++) {
      int key = RowKeys.of(x[from + i]);
      keys[to + i * step] = key;
      known += (key - RowKeys.MISSING) >>> SIGN;
    }
    return known;
  }

  private static void addNear(int[] part, int[] keys, int[] smaller) {
    for (int i = 0; i < smaller.length; i++) {
      int key = keys[i];
      smaller[i] += ((part[i] - key) >>> SIGN)
          + ((part[i + APART] - key) >>> SIGN)
          + ((part[i + 2 * APART] - key) >>> SIGN)
          + ((part[i + 3 * APART] - key) >>> SIGN);
    }
  }

  private static void addFar(int[] part, int[] keys, int[] smaller) {
    for (int i = 0; i < smaller.length; i++) {
      int key = keys[i];
      smaller[i] += ((part[i + 4 * APART] - key) >>> SIGN)
          + ((part[i + 5 * APART] - key) >>> SIGN)
          + ((part[i + 6 * APART] - key) >>> SIGN)
          + ((part[i + 7 * APART] - key) >>> SIGN);
    }
  }
}
