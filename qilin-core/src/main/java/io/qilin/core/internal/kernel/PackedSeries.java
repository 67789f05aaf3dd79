package io.qilin.core.internal.kernel;

import java.util.Arrays;

/**
 * A series beside its valid values packed together, so that the valid values of every window are one run of an array.
 * Valid is neither {@code NaN} nor infinite. Immutable by convention: the arrays are shared, nobody writes them.
 */
public final class PackedSeries {
  private final double[] rows;
  private final double[] values;
  private final int[] places;
  private final int[] before;

  private PackedSeries(double[] rows, double[] values, int[] places, int[] before) {
    this.rows = rows;
    this.values = values;
    this.places = places;
    this.before = before;
  }

  /** Packs the rows, which must not be changed afterwards. */
  public static PackedSeries of(double[] rows) {
    double[] values = new double[rows.length];
    int[] places = new int[rows.length];
    int[] before = new int[rows.length + 1];
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      if (isValid(rows[row])) {
        values[count] = rows[row];
        places[count++] = row;
      }
      before[row + 1] = count;
    }
    return new PackedSeries(
        rows, Arrays.copyOf(values, count), Arrays.copyOf(places, count), before);
  }

  static boolean isValid(double value) {
    return Double.isFinite(value);
  }

  /** All rows as they are. */
  double[] rows() {
    return rows;
  }

  /** The valid values in order of their rows. */
  double[] values() {
    return values;
  }

  /** The row of each valid value. */
  int[] places() {
    return places;
  }

  /** How many valid values lie before a row: the window {@code [from, to)} has those from before(from) to before(to). */
  int before(int row) {
    return before[row];
  }

  /** Whether the row is valid. */
  boolean isValidAt(int row) {
    return before[row + 1] > before[row];
  }

  /** The first row of {@code [from, to)} that is not valid, or {@code to}. */
  int firstInvalid(int from, int to) {
    int row = from;
    while (row < to && isValidAt(row)) {
      row++;
    }
    return row;
  }

  /** The first row that is infinite, or the number of rows. */
  public int firstInfinite() {
    int row = 0;
    while (row < rows.length && !Double.isInfinite(rows[row])) {
      row++;
    }
    return row;
  }
}
