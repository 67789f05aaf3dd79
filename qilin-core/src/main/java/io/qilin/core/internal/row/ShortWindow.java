package io.qilin.core.internal.row;

import java.util.Arrays;

/**
 * The rows of a window of two to five, one by one. Longer windows are merged from shorter ones; in these each value is taken
 * by itself, in two passes: its difference from an anchor, the newest valid value, and then from the mean. Merging them takes
 * longer, as each part has rows of its own to be kept and read.
 *
 * <p>For one or two series that are valid on the same rows. What it hands out lies in the rows that a kernel may use while it
 * runs.
 */
final class ShortWindow {
  /** The most rows of such a window. */
  static final int MOST = 5;

  private static final int SHIFTED = 2 * MOST;
  private static final int VALID = SHIFTED + 1;

  /** How many rows of a {@link Tile} it uses, from the first on. */
  static final int SCRATCH = VALID + MOST;

  private final Validity validity;
  private final int window;
  private final Rows valid;
  private final Rows inverse;
  private final double[][] marks = new double[MOST][];
  /** Of each series, newest row first. */
  private final double[][][] deviations = new double[2][MOST][];

  private Tile tile = Tile.NONE;
  private boolean whole;

  /** A window of valid rows. */
  ShortWindow(Counts counts, int window) {
    this.validity = counts.validity();
    this.window = window;
    this.valid = counts.n(1).keep(window - 1);
    this.inverse = counts.rows(Quantity.INVERSE, window);
  }

  /** Whether a window is one of these, or a single row. */
  static boolean is(int window) {
    return window <= MOST;
  }

  /** Turns to the window of a row. */
  void begin(int tick) {
    tile = valid.tile();
    whole = validity.wholeFor(tick, window);
    if (!whole) {
      for (int k = 0; k < window; k++) {
        marks[k] = valid.before(tick, k, VALID + k);
      }
    }
  }

  /**
   * The differences of the values from the newest valid one, the newest row first; 0 where not valid, and for rows beyond the
   * window.
   *
   * @param series 0 or 1, whose room is used
   * @param anchor the series, where it is not valid the last valid value before
   */
  double[][] differences(int series, Rows anchor, int tick) {
    double[][] rows = deviations[series];
    Arrays.fill(rows, tile.zeros);
    double[] newest = anchor.at(tick);
    for (int k = 1; k < window; k++) {
      rows[k] = tile.doubles(series * MOST + k);
      double[] value = anchor.before(tick, k, SHIFTED);
      if (whole) {
        subtract(value, newest, rows[k]);
      } else {
        subtract(value, newest, marks[k], rows[k]);
      }
    }
    return rows;
  }

  /** Makes differences from the anchor, whose sum is given, differences from the mean. */
  void centre(int series, double[] sum, int tick) {
    double[][] rows = deviations[series];
    rows[0] = tile.doubles(series * MOST);
    Arrays.fill(rows[0], 0);
    double[] inverses = inverse.at(tick);
    for (int k = 0; k < window; k++) {
      if (whole) {
        centre(sum, 1.0 / window, rows[k]);
      } else {
        centre(sum, inverses, marks[k], rows[k]);
      }
    }
  }

  private static void subtract(double[] x, double[] anchor, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = x[i] - anchor[i];
    }
  }

  private static void subtract(double[] x, double[] anchor, double[] mark, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (x[i] - anchor[i]) * mark[i];
    }
  }

  private static void centre(double[] sum, double inverse, double[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i] - sum[i] * inverse;
    }
  }

  private static void centre(double[] sum, double[] inverse, double[] mark, double[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i] - sum[i] * inverse[i] * mark[i];
    }
  }

  /** Their sum. */
  static void sum(double[][] rows, double[] out) {
    sum(rows[0], rows[1], rows[2], rows[3], rows[4], out);
  }

  private static void sum(
      double[] a, double[] b, double[] c, double[] d, double[] e, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] + b[i] + c[i] + d[i] + e[i];
    }
  }

  /** The sum of age × value, age 0 being the newest row. */
  static void ages(double[][] rows, double[] out) {
    ages(rows[1], rows[2], rows[3], rows[4], out);
  }

  private static void ages(double[] b, double[] c, double[] d, double[] e, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = b[i] + 2 * c[i] + 3 * d[i] + 4 * e[i];
    }
  }

  /** The sum of age² × value. */
  static void squaredAges(double[][] rows, double[] out) {
    squaredAges(rows[1], rows[2], rows[3], rows[4], out);
  }

  private static void squaredAges(double[] b, double[] c, double[] d, double[] e, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = b[i] + 4 * c[i] + 9 * d[i] + 16 * e[i];
    }
  }

  /** The sum of their squares. */
  static void squares(double[][] rows, double[] out) {
    squares(rows[0], rows[1], rows[2], rows[3], rows[4], out);
  }

  private static void squares(
      double[] a, double[] b, double[] c, double[] d, double[] e, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * a[i] + b[i] * b[i] + c[i] * c[i] + d[i] * d[i] + e[i] * e[i];
    }
  }

  /**
   * The sum of the products of those of two series; in two loops, as JDK 17 makes no vector instructions of one over so many
   * rows.
   */
  static void products(double[][] x, double[][] y, double[] out) {
    products(x[0], y[0], x[1], y[1], x[2], y[2], out);
    addProducts(x[3], y[3], x[4], y[4], out);
  }

  private static void products(
      double[] a, double[] p, double[] b, double[] q, double[] c, double[] r, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * p[i] + b[i] * q[i] + c[i] * r[i];
    }
  }

  private static void addProducts(double[] a, double[] p, double[] b, double[] q, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = out[i] + a[i] * p[i] + b[i] * q[i];
    }
  }

  /** The sum of their third powers. */
  static void cubes(double[][] rows, double[] out) {
    cubes(rows[0], rows[1], rows[2], rows[3], rows[4], out);
  }

  private static void cubes(
      double[] a, double[] b, double[] c, double[] d, double[] e, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * a[i] * a[i]
          + b[i] * b[i] * b[i]
          + c[i] * c[i] * c[i]
          + d[i] * d[i] * d[i]
          + e[i] * e[i] * e[i];
    }
  }

  /** The sum of their fourth powers. */
  static void fourths(double[][] rows, double[] out) {
    Arrays.fill(out, 0);
    for (double[] row : rows) {
      addFourths(row, out);
    }
  }

  private static void addFourths(double[] row, double[] out) {
    for (int i = 0; i < out.length; i++) {
      double square = row[i] * row[i];
      out[i] = out[i] + square * square;
    }
  }
}
