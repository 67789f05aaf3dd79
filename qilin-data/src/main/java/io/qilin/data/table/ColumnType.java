package io.qilin.data.table;

/** What the cells of a column are. A file's narrower or wider types are read into the nearest of these without loss. */
public enum ColumnType {
  /** {@code double}; a cell that is not known is {@code NaN}. */
  FLOAT64,
  /** 32-bit whole numbers. */
  INT32,
  /** 64-bit whole numbers. */
  INT64,
  /** Days, as whole days since 1970-01-01. */
  DATE,
  /** Moments, as nanoseconds since 1970-01-01T00:00:00Z; from 1677-09-21 to 2262-04-11. */
  TIMESTAMP,
  /** Times of the day, as nanoseconds since midnight. */
  TIME,
  /** Texts. */
  TEXT,
  /** True or false. */
  BOOLEAN
}
