package io.qilin.data.table;

import io.qilin.api.error.QilinException;

/** Times of the day that a format can hold, asked for before any of a batch is written. Stateless. */
public final class TimesOfDay {
  private TimesOfDay() {}

  /**
   * Checks a column of times; a column of another type is left alone, and so are cells that are not known.
   *
   * @param name of the column, for the message
   * @param last the latest time that the format has, in nanoseconds since midnight; {@link ShanghaiClock#DAY} is 24:00
   * @throws QilinException INVALID_ARGUMENT with the row for a time before midnight or after the latest
   */
  public static void require(String name, Column column, long last) {
    if (column.type() != ColumnType.TIME || !(column instanceof LongColumn times)) {
      return;
    }
    for (int row = 0; row < times.rows(); row++) {
      long time = times.value(row);
      if ((time < 0 || time > last) && times.isKnown(row)) {
        throw QilinException.invalid("column " + QilinException.quote(name) + ", row " + row
            + ": the time " + time + " ns cannot be written, only times from 0 to " + last
            + (time == ShanghaiClock.DAY
                ? "; write the end of the day, 24:00, as 23:59:59.999999999"
                : ""));
      }
    }
  }
}
