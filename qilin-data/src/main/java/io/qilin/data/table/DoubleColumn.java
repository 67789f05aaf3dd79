package io.qilin.data.table;

import java.nio.DoubleBuffer;

/** Numbers; a cell that is not known is {@code NaN}. */
public final class DoubleColumn implements Column {
  private final double[] cells;

  private DoubleColumn(double[] cells) {
    this.cells = cells;
  }

  /** A column from its cells, which are copied. */
  public static DoubleColumn of(double[] cells) {
    return new DoubleColumn(cells.clone());
  }

  /** A column from what is left in a buffer, which stays as it is. */
  public static DoubleColumn of(DoubleBuffer cells) {
    double[] copy = new double[cells.remaining()];
    cells.duplicate().get(copy);
    return new DoubleColumn(copy);
  }

  @Override
  public ColumnType type() {
    return ColumnType.FLOAT64;
  }

  @Override
  public int rows() {
    return cells.length;
  }

  @Override
  public boolean isKnown(int row) {
    return !Double.isNaN(cells[row]);
  }

  @Override
  public int missing() {
    int count = 0;
    for (double cell : cells) {
      count += Double.isNaN(cell) ? 1 : 0;
    }
    return count;
  }

  /** A cell. */
  public double value(int row) {
    return cells[row];
  }

  /**
   * Copies some cells to the beginning of an array.
   *
   * @param from the first row
   * @param rows how many
   */
  public void copy(int from, int rows, double[] into) {
    System.arraycopy(cells, from, into, 0, rows);
  }

  @Override
  public DoubleColumn select(int[] rows) {
    double[] chosen = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = cells[rows[i]];
    }
    return new DoubleColumn(chosen);
  }
}
