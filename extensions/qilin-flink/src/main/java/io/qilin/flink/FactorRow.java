package io.qilin.flink;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The values of one instrument at one time: fields on the way in, factors on the way out, in the order that the job says.
 * {@code NaN} is not known. Immutable, as long as nobody writes to the values that are handed in.
 */
public final class FactorRow {
  /** Days since 1970 to the year 9999; less than any moment of a row in milliseconds. */
  private static final long MOST_DAYS = LocalDate.of(9999, 12, 31).toEpochDay();

  private static final Instant FIRST = Instant.parse("1970-01-02T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private final Symbol symbol;
  private final long time;
  private final double[] values;

  FactorRow(Symbol symbol, long time, double[] values) {
    this.symbol = Objects.requireNonNull(symbol, "symbol");
    this.time = time;
    this.values = Objects.requireNonNull(values, "values");
  }

  /**
   * A row of a trading day, for {@link FlinkFactors#batch}.
   *
   * @param values not copied
   * @throws QilinException INVALID_ARGUMENT without values, or for a day that is not of the years 1970 to 9999
   */
  public static FactorRow of(Symbol symbol, LocalDate day, double... values) {
    long time = day.toEpochDay();
    if (time < 0 || time > MOST_DAYS) {
      throw QilinException.invalid(
          "rows are of days from 1970 to 9999, " + symbol + " has one of " + day);
    }
    return new FactorRow(symbol, time, some(symbol, values));
  }

  /**
   * A row of a moment, for {@link FlinkFactors#stream}.
   *
   * @param moment to the millisecond
   * @param values not copied
   * @throws QilinException INVALID_ARGUMENT without values, or for a moment that is not from 1970-01-02 on to the year 9999
   */
  public static FactorRow of(Symbol symbol, Instant moment, double... values) {
    return new FactorRow(symbol, millis(symbol, moment), some(symbol, values));
  }

  private static double[] some(Symbol symbol, double[] values) {
    if (values.length == 0) {
      throw QilinException.invalid("a row of " + symbol + " needs values, had none");
    }
    return values;
  }

  private static long millis(Symbol symbol, Instant moment) {
    if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
      throw QilinException.invalid("rows are of moments from " + FIRST + " to " + LAST + ", "
          + symbol + " has one of " + moment);
    }
    return moment.toEpochMilli();
  }

  /**
   * Says, in a stream, that an instrument has no rows from a moment on, as it was delisted. Without it an instrument that
   * brings no more rows counts as suspended. It does not come back.
   *
   * @throws QilinException INVALID_ARGUMENT for a moment that is not from 1970-01-02 on to the year 9999
   */
  public static FactorRow end(Symbol symbol, Instant moment) {
    return new FactorRow(symbol, millis(symbol, moment), new double[0]);
  }

  /** The instrument. */
  public Symbol symbol() {
    return symbol;
  }

  /** Days since 1970 for a row of a day, milliseconds since 1970 for one of a moment. */
  public long time() {
    return time;
  }

  /**
   * The day of a row of a day.
   *
   * @throws QilinException INVALID_ARGUMENT for a row of a moment
   */
  public LocalDate day() {
    if (!isOfDay()) {
      throw QilinException.invalid("the row of " + symbol + " is one of a moment, " + when());
    }
    return LocalDate.ofEpochDay(time);
  }

  /** Whether it is a row of a day, not of a moment. */
  boolean isOfDay() {
    return time <= MOST_DAYS;
  }

  /** The day or the moment, for messages. */
  String when() {
    return isOfDay()
        ? LocalDate.ofEpochDay(time).toString()
        : Instant.ofEpochMilli(time).toString();
  }

  /** How many values it has; 0 for an end. */
  public int size() {
    return values.length;
  }

  /** The value of a column; {@code NaN} is not known. */
  public double value(int column) {
    return values[column];
  }

  /** The values, not to be changed. */
  double[] values() {
    return values;
  }

  /** How Flink writes rows, for {@code returns} and {@code fromData}; without it Flink takes Kryo. */
  public static TypeInformation<FactorRow> type() {
    return Forms.type(Forms.ROW);
  }

  /** Whether it has the same bits. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FactorRow that
        && symbol.equals(that.symbol)
        && time == that.time
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * symbol.hashCode() + Long.hashCode(time);
  }

  @Override
  public String toString() {
    return symbol + " " + when() + " " + Arrays.toString(values);
  }
}
