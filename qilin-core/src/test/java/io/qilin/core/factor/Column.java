package io.qilin.core.factor;

import io.qilin.core.internal.kernel.PackedSeries;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A calculated series: where it has rows at all, and the values of those that were asked for. Rows are days of the panel.
 * A constant has no rows of its own and the same value everywhere; a missing field is a constant {@code NaN}.
 */
final class Column {
  private final int first;
  private final int end;
  private final int start;
  private final double[] values;
  private final double outside;
  private @Nullable PackedSeries packed;

  private Column(int first, int end, int start, double[] values, double outside) {
    this.first = first;
    this.end = end;
    this.start = start;
    this.values = values;
    this.outside = outside;
  }

  /**
   * A series with rows on the days {@code [first, end)}.
   *
   * @param start the day of the first of the values
   */
  static Column of(int first, int end, int start, double[] values) {
    return new Column(first, end, start, values, Double.NaN);
  }

  static Column constant(double value) {
    return new Column(Integer.MAX_VALUE, Integer.MIN_VALUE, 0, new double[0], value);
  }

  /** The first day on which the series has a row. */
  int first() {
    return first;
  }

  /** The day after the last on which the series has a row. */
  int end() {
    return end;
  }

  /** The day of the first value that was calculated. */
  int start() {
    return start;
  }

  double at(int day) {
    int i = day - start;
    return i >= 0 && i < values.length ? values[i] : outside;
  }

  /** The values of the days {@code [from, to)}, not to be changed; {@code NaN} where there is no row. */
  double[] rows(int from, int to) {
    if (from == start && to - from == values.length) {
      return values;
    }
    double[] rows = new double[Math.max(0, to - from)];
    Arrays.fill(rows, outside);
    int copyFrom = Math.max(from, start);
    int copyTo = Math.min(to, start + values.length);
    if (copyFrom < copyTo) {
      System.arraycopy(values, copyFrom - start, rows, copyFrom - from, copyTo - copyFrom);
    }
    return rows;
  }

  /** All values that were calculated, from {@link #start} on. */
  PackedSeries packed() {
    PackedSeries known = packed;
    if (known == null) {
      known = PackedSeries.of(values);
      packed = known;
    }
    return known;
  }
}
