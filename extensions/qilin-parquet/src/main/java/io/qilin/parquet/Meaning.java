package io.qilin.parquet;

import io.qilin.data.table.ColumnType;

/**
 * What the stored numbers or bytes of a column stand for.
 *
 * @param type what they become
 * @param scale nanoseconds of a stored unit, for moments and times of the day; otherwise 1
 * @param local whether moments are readings of a clock without a zone, taken as one in Shanghai
 * @param unsigned whether the highest bit is no sign
 */
record Meaning(ColumnType type, long scale, boolean local, boolean unsigned) {
  static Meaning of(ColumnType type) {
    return new Meaning(type, 1, false, false);
  }

  static Meaning unsigned(ColumnType type) {
    return new Meaning(type, 1, false, true);
  }

  static Meaning timestamp(long scale, boolean local) {
    return new Meaning(ColumnType.TIMESTAMP, scale, local, false);
  }

  static Meaning time(long scale) {
    return new Meaning(ColumnType.TIME, scale, false, false);
  }

  /**
   * A stored whole number in the unit of the column.
   *
   * @throws ArithmeticException if the column's type cannot hold it
   */
  long value(long stored) {
    if (unsigned && stored < 0) {
      throw new ArithmeticException("a number is larger than 64 bits with a sign can hold");
    }
    long value;
    try {
      value = scale == 1 ? stored : Math.multiplyExact(stored, scale);
      value = local ? ShanghaiClock.instant(value) : value;
    } catch (ArithmeticException e) {
      throw new ArithmeticException(
          "a moment is outside the years 1677 to 2262, which nanoseconds can count");
    }
    if (type == ColumnType.TIME && (value < 0 || value > ShanghaiClock.DAY)) {
      throw new ArithmeticException("a time of the day is outside its day");
    }
    return value;
  }
}
