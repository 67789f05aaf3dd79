package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import java.nio.LongBuffer;
import java.util.BitSet;
import java.util.Objects;

/** Whole numbers of 64 bits, moments or times of the day. */
public final class LongColumn implements Column {
  private final ColumnType type;
  private final long[] cells;
  private final Missing missing;

  private LongColumn(ColumnType type, long[] cells, Missing missing) {
    this.type = type;
    this.cells = cells;
    this.missing = missing;
  }

  /**
   * A column from its cells, which are copied; all are known.
   *
   * @throws QilinException INVALID_ARGUMENT for another type
   */
  public static LongColumn of(ColumnType type, long[] cells) {
    return of(type, cells, new BitSet());
  }

  /**
   * A column from its cells, which are copied.
   *
   * @param missing the rows that are not known, whatever their cell
   * @throws QilinException INVALID_ARGUMENT for another type, or if a row beyond the last is missing
   */
  public static LongColumn of(ColumnType type, long[] cells, BitSet missing) {
    return owning(type, cells.clone(), missing);
  }

  /**
   * A column from what is left in a buffer, which stays as it is.
   *
   * @param missing the rows that are not known, whatever their cell
   * @throws QilinException INVALID_ARGUMENT for another type, or if a row beyond the last is missing
   */
  public static LongColumn of(ColumnType type, LongBuffer cells, BitSet missing) {
    long[] copy = new long[cells.remaining()];
    cells.duplicate().get(copy);
    return owning(type, copy, missing);
  }

  private static LongColumn owning(ColumnType type, long[] cells, BitSet missing) {
    if (type != ColumnType.INT64 && type != ColumnType.TIMESTAMP && type != ColumnType.TIME) {
      throw QilinException.invalid("a column of long cells cannot hold " + type);
    }
    return new LongColumn(type, cells, Missing.of(missing, cells.length));
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
  public long value(int row) {
    return cells[row];
  }

  @Override
  public LongColumn select(int[] rows) {
    long[] chosen = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = cells[rows[i]];
    }
    return new LongColumn(type, chosen, missing.select(rows));
  }
}
