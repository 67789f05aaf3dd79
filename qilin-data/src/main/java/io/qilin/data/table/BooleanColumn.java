package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import java.util.BitSet;
import java.util.Objects;

/** True or false. */
public final class BooleanColumn implements Column {
  private final ColumnType type;
  private final boolean[] cells;
  private final Missing missing;

  private BooleanColumn(ColumnType type, boolean[] cells, Missing missing) {
    this.type = type;
    this.cells = cells;
    this.missing = missing;
  }

  /**
   * A column from its cells, which are copied; all are known.
   *
   * @throws QilinException INVALID_ARGUMENT for another type
   */
  public static BooleanColumn of(ColumnType type, boolean[] cells) {
    return of(type, cells, new BitSet());
  }

  /**
   * A column from its cells, which are copied.
   *
   * @param missing the rows that are not known, whatever their cell
   * @throws QilinException INVALID_ARGUMENT for another type, or if a row beyond the last is missing
   */
  public static BooleanColumn of(ColumnType type, boolean[] cells, BitSet missing) {
    return owning(type, cells.clone(), missing);
  }

  private static BooleanColumn owning(ColumnType type, boolean[] cells, BitSet missing) {
    if (type != ColumnType.BOOLEAN) {
      throw QilinException.invalid("a column of boolean cells cannot hold " + type);
    }
    return new BooleanColumn(type, cells, Missing.of(missing, cells.length));
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
  public boolean value(int row) {
    return cells[row];
  }

  @Override
  public BooleanColumn select(int[] rows) {
    boolean[] chosen = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = cells[rows[i]];
    }
    return new BooleanColumn(type, chosen, missing.select(rows));
  }
}
