package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import java.nio.IntBuffer;
import java.util.BitSet;
import java.util.Objects;

/** Whole numbers of 32 bits, or days. */
public final class IntColumn implements Column {
  private final ColumnType type;
  private final int[] cells;
  private final Missing missing;

  private IntColumn(ColumnType type, int[] cells, Missing missing) {
    this.type = type;
    this.cells = cells;
    this.missing = missing;
  }

  /**
   * A column from its cells, which are copied; all are known.
   *
   * @throws QilinException INVALID_ARGUMENT for another type
   */
  public static IntColumn of(ColumnType type, int[] cells) {
    return of(type, cells, new BitSet());
  }

  /**
   * A column from its cells, which are copied.
   *
   * @param missing the rows that are not known, whatever their cell
   * @throws QilinException INVALID_ARGUMENT for another type, or if a row beyond the last is missing
   */
  public static IntColumn of(ColumnType type, int[] cells, BitSet missing) {
    return owning(type, cells.clone(), missing);
  }

  /**
   * A column from what is left in a buffer, which stays as it is.
   *
   * @param missing the rows that are not known, whatever their cell
   * @throws QilinException INVALID_ARGUMENT for another type, or if a row beyond the last is missing
   */
  public static IntColumn of(ColumnType type, IntBuffer cells, BitSet missing) {
    int[] copy = new int[cells.remaining()];
    cells.duplicate().get(copy);
    return owning(type, copy, missing);
  }

  private static IntColumn owning(ColumnType type, int[] cells, BitSet missing) {
    if (type != ColumnType.INT32 && type != ColumnType.DATE) {
      throw QilinException.invalid("a column of int cells cannot hold " + type);
    }
    return new IntColumn(type, cells, Missing.of(missing, cells.length));
  }

  @Override
  public ColumnType type() {
    return type;
  }

  @Override
  public int rows() {
    return cells.length;
  }

  @Override
  public boolean isKnown(int row) {
    Objects.checkIndex(row, cells.length);
    return !missing.at(row);
  }

  @Override
  public int missing() {
    return missing.count();
  }

  /** A cell; of one that is not known any value. */
  public int value(int row) {
    return cells[row];
  }

  /**
   * Copies some cells to the beginning of an array.
   *
   * @param from the first row
   * @param rows how many
   */
  public void copy(int from, int rows, int[] into) {
    System.arraycopy(cells, from, into, 0, rows);
  }

  @Override
  public IntColumn select(int[] rows) {
    int[] chosen = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = cells[rows[i]];
    }
    return new IntColumn(type, chosen, missing.select(rows));
  }
}
