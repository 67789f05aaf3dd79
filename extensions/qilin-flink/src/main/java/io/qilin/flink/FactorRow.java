package io.qilin.flink;

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
  private final Symbol symbol;
  private final long time;
  private final double[] values;

  FactorRow(Symbol symbol, long time, double[] values) {
    this.symbol = Objects.requireNonNull(symbol, "symbol");
    this.time = time;
    this.values = Objects.requireNonNull(values, "values");
  }

  /**
   * A row of a trading day.
   *
   * @param values not copied
   */
  public static FactorRow of(Symbol symbol, LocalDate day, double... values) {
    return new FactorRow(symbol, day.toEpochDay(), values);
  }

  /**
   * A row of a moment, for streams.
   *
   * @param moment to the millisecond
   * @param values not copied
   */
  public static FactorRow of(Symbol symbol, Instant moment, double... values) {
    return new FactorRow(symbol, moment.toEpochMilli(), values);
  }

  /**
   * Says, in a stream, that an instrument has no rows from a moment on, as it was delisted. Without it an instrument that
   * brings no more rows counts as suspended.
   */
  public static FactorRow end(Symbol symbol, Instant moment) {
    return new FactorRow(symbol, moment.toEpochMilli(), new double[0]);
  }

  /** The instrument. */
  public Symbol symbol() {
    return symbol;
  }

  /** Days since 1970 for a row of a day, milliseconds since 1970 for one of a moment. */
  public long time() {
    return time;
  }

  /** The day of a row of a day. */
  public LocalDate day() {
    return LocalDate.ofEpochDay(time);
  }

  /** How many values it has. */
  public int size() {
    return values.length;
  }

  /** The value of a column. */
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
    return symbol + " " + time + " " + Arrays.toString(values);
  }
}
