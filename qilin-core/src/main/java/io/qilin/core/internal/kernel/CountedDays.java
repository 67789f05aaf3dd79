package io.qilin.core.internal.kernel;

import java.util.Arrays;

/**
 * {@linkplain CountedRow Places by counting} for short rows of several days at once. The days of an instrument stand side by
 * side, all instruments in a ring. Each key is compared with those that come up to seven instruments after it, then all keys
 * go on by eight instruments, and so on until they are round. So the loops are as long as all the days together, where those
 * over one short day would mostly be beginnings and ends.
 *
 * <p>Its arrays are made once. Not safe for use by two threads.
 */
final class CountedDays {
  /** Fewer days are not worth while. */
  static final int FEWEST = 4;

  /** How many instruments keys go on at a time. */
  private static final int STEP = 8;

  private static final int SIGN = 31;

  private final int lanes;
  private final int days;
  private final int length;
  /** The keys, all days of the first instrument, then of the next; {@link RowKeys#MISSING} behind the last one. */
  private final int[] keys;
  /** At each place the key that is no, one, … instruments further on. */
  private final int[][] ahead;

  /** Keys that went on, and how many are smaller so far. */
  private final int[] moved;

  private int[] smaller;
  private int[] spare;
  private final int[] known;

  /** For so many instruments, at most {@link CountedRow#MOST}, and days. */
  CountedDays(int lanes, int days) {
    this.lanes = lanes;
    this.days = days;
    this.length = (lanes + STEP - 1) / STEP * STEP * days;
    this.keys = new int[length];
    this.ahead = new int[STEP][length];
    this.moved = new int[length];
    this.smaller = new int[length];
    this.spare = new int[length];
    this.known = new int[days];
    Arrays.fill(keys, RowKeys.MISSING);
  }

  /** Counts for the finite ones of x, one day after the other, each as long as there are instruments. */
  void count(double[] x) {
    for (int day = 0; day < days; day++) {
      known[day] = convert(x, day * lanes, keys, day, days, lanes);
    }
    for (int further = 0; further < STEP; further++) {
      turn(keys, length - further * days, ahead[further]);
    }
    Arrays.fill(smaller, 0);
    for (int on = 0; on < length; on += STEP * days) {
      turn(keys, on, moved);
      add(ahead[0], ahead[1], ahead[2], ahead[3], moved, smaller);
      add(ahead[4], ahead[5], ahead[6], ahead[7], moved, smaller);
      turn(smaller, STEP * days, spare);
      int[] turned = spare;
      spare = smaller;
      smaller = turned;
    }
  }

  /** Gives the counts of a day. */
  void give(int day, CountedRow row) {
    row.take(smaller, day, days, lanes, known[day]);
  }

  /** Moves numbers on by so many places, the last ones to the beginning. */
  private static void turn(int[] ring, int places, int[] out) {
    System.arraycopy(ring, 0, out, places, ring.length - places);
    System.arraycopy(ring, ring.length - places, out, 0, places);
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

  private static void add(int[] a, int[] b, int[] c, int[] d, int[] keys, int[] smaller) {
    for (int i = 0; i < smaller.length; i++) {
      int key = keys[i];
      smaller[i] += ((a[i] - key) >>> SIGN)
          + ((b[i] - key) >>> SIGN)
          + ((c[i] - key) >>> SIGN)
          + ((d[i] - key) >>> SIGN);
    }
  }
}
