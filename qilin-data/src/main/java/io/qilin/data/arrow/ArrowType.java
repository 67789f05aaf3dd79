package io.qilin.data.arrow;

/** The kinds of columns that are written; every column may have cells that are not known. */
public enum ArrowType {
  /** {@code double}: Arrow's FloatingPoint(DOUBLE). */
  FLOAT64,
  /** {@code long}: Arrow's signed Int(64). */
  INT64,
  /** A day: Arrow's Date(DAY), days since 1970-01-01. */
  DATE32,
  /** A moment: Arrow's Timestamp(MICROSECOND, "UTC"). */
  TIMESTAMP_MICROS,
  /** A text: Arrow's Utf8. */
  UTF8
}
