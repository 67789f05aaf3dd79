package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads the rows of one partition of the bars, and refuses what cannot be. For use by one thread. */
final class BarFeed implements Packing.Feed {
  /** The most instruments. */
  static final int MOST_INSTRUMENTS = 1_000_000;

  /** No name of an instrument is longer. */
  private static final int LONGEST_NAME = 100;

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final long MICROS_OF_SECOND = 1_000_000;
  private static final long MICROS_OF_DAY = 86_400 * MICROS_OF_SECOND;
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final long MOST_EXACT = 1L << 53;

  private final Iterator<InternalRow> rows;
  private final BarColumns columns;
  private final boolean infinities;
  private final int partition;
  private final Map<UTF8String, InstrumentRows> known = new HashMap<>();
  private long count;

  BarFeed(Iterator<InternalRow> rows, BarColumns columns, boolean infinities, int partition) {
    this.rows = rows;
    this.columns = columns;
    this.infinities = infinities;
    this.partition = partition;
  }

  @Override
  public boolean addTo(Packing packing) {
    if (!rows.hasNext()) {
      return false;
    }
    InternalRow row = rows.next();
    count++;
    InstrumentRows to = instrument(row, packing);
    int at = to.add(day(row));
    for (int field = 0; field < columns.fieldCount(); field++) {
      to.set(at, field, number(row, field));
    }
    packing.added(to);
    return true;
  }

  private InstrumentRows instrument(InternalRow row, Packing packing) {
    if (row.isNullAt(0)) {
      throw bad(0, "the instrument is missing");
    }
    UTF8String text = row.getUTF8String(0);
    InstrumentRows there = known.get(text);
    if (there != null) {
      return there;
    }
    if (known.size() == MOST_INSTRUMENTS) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the bars have more than " + MOST_INSTRUMENTS + " instruments; is "
              + QilinException.quote(columns.header(0)) + " the right column?");
    }
    if (text.numBytes() > LONGEST_NAME) {
      throw bad(
          0,
          text.substring(0, LONGEST_NAME / 4) + "… of " + text.numBytes()
              + " bytes is no instrument such as 600519.SH or MSFT");
    }
    String spelling = text.toString();
    InstrumentRows made = packing.of(symbol(spelling).toString(), spelling, columns.fieldCount());
    if (!made.spelling().equals(spelling)) {
      throw twoSpellings(made.symbol(), made.spelling(), spelling);
    }
    known.put(text.clone(), made);
    return made;
  }

  private Symbol symbol(String text) {
    try {
      return Symbol.parseAny(text);
    } catch (QilinException e) {
      throw bad(0, QilinException.quote(text) + " is no instrument such as 600519.SH or MSFT");
    }
  }

  static QilinException twoSpellings(String symbol, String one, String other) {
    return new QilinException(
        ErrorCode.DATA_CONFLICT,
        "the bars write " + symbol + " as " + QilinException.quote(one) + " and as "
            + QilinException.quote(other) + "; write it in one way");
  }

  private int day(InternalRow row) {
    if (row.isNullAt(1)) {
      throw bad(1, "the day is missing");
    }
    long day =
        columns.dayForm() == BarColumns.DayForm.DATE ? row.getInt(1) : midnight(row.getLong(1));
    if (day < FIRST_DAY || day > LAST_DAY) {
      throw bad(1, "day " + day + " since 1970 is not of the years 1 to 9999");
    }
    return (int) day;
  }

  private long midnight(long micros) {
    if (Math.floorMod(micros, MICROS_OF_DAY) == 0) {
      return Math.floorDiv(micros, MICROS_OF_DAY);
    }
    Instant moment = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_OF_SECOND));
    long local =
        micros + SHANGHAI.getRules().getOffset(moment).getTotalSeconds() * MICROS_OF_SECOND;
    if (columns.dayForm() == BarColumns.DayForm.CLOCK || Math.floorMod(local, MICROS_OF_DAY) != 0) {
      throw bad(
          1,
          moment + " is a time of day; bars are daily, one row an instrument and day, at midnight"
              + " in Shanghai or UTC; make it a DATE, which to_date does in the session's zone");
    }
    return Math.floorDiv(local, MICROS_OF_DAY);
  }

  private double number(InternalRow row, int field) {
    int column = BarColumns.KEYS + field;
    if (row.isNullAt(column)) {
      return Double.NaN;
    }
    if (columns.isWhole(field)) {
      long value = row.getLong(column);
      if (value > MOST_EXACT || value < -MOST_EXACT) {
        throw bad(column, value + " is a whole number that no double holds exactly");
      }
      return value;
    }
    double value = row.getDouble(column);
    if (!infinities && Double.isInfinite(value)) {
      throw bad(
          column,
          "an infinite value; make it null if it is not known, or allow infinities in the settings");
    }
    return value;
  }

  private QilinException bad(int column, String what) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        "bars, partition " + partition + ", row " + count + ", column "
            + QilinException.quote(columns.header(column)) + ": " + what);
  }
}
