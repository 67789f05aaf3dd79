package io.qilin.data.table;

/**
 * The cells of one column of one batch. Immutable and safe to share.
 *
 * <p>Its class follows from its type: FLOAT64 is a {@link DoubleColumn}, INT32 and DATE an {@link IntColumn}, INT64,
 * TIMESTAMP and TIME a {@link LongColumn}, TEXT a {@link TextColumn}, BOOLEAN a {@link BooleanColumn}.
 */
public sealed interface Column
    permits DoubleColumn, IntColumn, LongColumn, TextColumn, BooleanColumn {
  /** What the cells are. */
  ColumnType type();

  /** How many cells there are. */
  int rows();

  /** Whether the cell is known; of a {@link DoubleColumn} whether it is not {@code NaN}. */
  boolean isKnown(int row);

  /** How many cells are not known. */
  int missing();

  /**
   * The cells of some rows, in the order given.
   *
   * @param rows indices of rows; one may come twice
   */
  Column select(int[] rows);
}
