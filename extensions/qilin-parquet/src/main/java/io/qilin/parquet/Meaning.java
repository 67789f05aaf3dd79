package io.qilin.parquet;

import io.qilin.data.table.ColumnType;
import io.qilin.data.table.ShanghaiClock;
import java.util.Optional;

/**
 * What the stored numbers or bytes of a column stand for.
 *
 * @param type what they become
 * @param scale nanoseconds of a stored unit, for moments and times of the day; otherwise 1
 * @param local whether moments are readings of a clock without a zone, taken as one in Shanghai
 * @param unsigned whether the highest bit is no sign
 * @param digits digits behind the point, of decimals; otherwise -1
 */
record Meaning(ColumnType type, long scale, boolean local, boolean unsigned, int digits) {
  /** What is wrong with a moment that no column holds. */
  static final String OUTSIDE =
      "a moment is outside the years 1677 to 2262, which nanoseconds can count";

  private static final int MOST_DIGITS = 76;

  static Meaning of(ColumnType type) {
    return new Meaning(type, 1, false, false, -1);
  }

  static Meaning unsigned(ColumnType type) {
    return new Meaning(type, 1, false, true, -1);
  }

  static Meaning timestamp(long scale, boolean local) {
    return new Meaning(ColumnType.TIMESTAMP, scale, local, false, -1);
  }

  static Meaning time(long scale) {
    return new Meaning(ColumnType.TIME, scale, false, false, -1);
  }

  /** Decimals, read as the nearest number; empty if they have more digits behind the point than any writer allows. */
  static Optional<Meaning> decimal(int digits) {
    return digits < 0 || digits > MOST_DIGITS
        ? Optional.empty()
        : Optional.of(new Meaning(ColumnType.FLOAT64, 1, false, false, digits));
  }

  boolean isDecimal() {
    return digits >= 0;
  }

  /**
   * A stored whole number in the unit of the column.
   *
   * @throws OutsideColumn if the column's type cannot hold it
   */
  long value(long stored) throws OutsideColumn {
    if (unsigned && stored < 0) {
      throw new OutsideColumn("a number is larger than 64 bits with a sign can hold");
    }
    long value;
    try {
      value = scale == 1 ? stored : Math.multiplyExact(stored, scale);
      value = local ? ShanghaiClock.instant(value) : value;
    } catch (ArithmeticException e) {
      throw new OutsideColumn(OUTSIDE);
    }
    if (type == ColumnType.TIME && (value < 0 || value > ShanghaiClock.DAY)) {
      throw new OutsideColumn("a time of the day is outside its day");
    }
    return value;
  }
}
