package io.qilin.core.factor;

import java.util.Arrays;

/** Figures by day, some columns of them; grows by halves. Not thread-safe. */
final class DaySeries {
  private final int width;
  private double[] cells;
  private int days;

  DaySeries(int width) {
    this.width = width;
    this.cells = new double[width * 64];
  }

  /** Begins a day; every figure is {@code NaN} until set. */
  void nextDay() {
    if ((days + 1) * width > cells.length) {
      cells = Arrays.copyOf(cells, cells.length + Math.max(cells.length / 2, width));
    }
    Arrays.fill(cells, days * width, (days + 1) * width, Double.NaN);
    days++;
  }

  /** Sets a figure of the day begun last. */
  void set(int column, double value) {
    cells[(days - 1) * width + column] = value;
  }

  /** The same figures; does not grow with this one. */
  DaySeries copy() {
    DaySeries copy = new DaySeries(width);
    copy.cells = Arrays.copyOf(cells, days * width);
    copy.days = days;
    return copy;
  }

  double get(int column, int day) {
    return cells[day * width + column];
  }

  /** A copy of one column. */
  double[] column(int column) {
    double[] out = new double[days];
    for (int day = 0; day < days; day++) {
      out[day] = cells[day * width + column];
    }
    return out;
  }
}
