package io.qilin.data.quality.table;

import io.qilin.data.table.ColumnType;
import java.util.List;
import java.util.Objects;

/**
 * What one column of a table holds. Figures of numbers are {@code NaN} for columns of texts and where no cell is finite.
 *
 * @param name of the column
 * @param type of its cells
 * @param rows cells in all
 * @param missing cells that are not known
 * @param notFinite numbers that are infinite
 * @param distinct different values; exact or an estimate with a standard error of 0.8 %
 * @param distinctIsExact which of both
 * @param min least finite number; days as days since 1970, moments as nanoseconds
 * @param max greatest finite number
 * @param mean mean of the finite numbers
 * @param deviation standard deviation (n − 1) of them
 * @param quantiles at the shares of {@link #SHARES}, right to 0.4 % of their value; empty for texts
 * @param top the most frequent values, the most frequent first; empty beyond 4096 different ones
 * @param guess what the column seems to hold
 */
public record ColumnProfile(
    String name,
    ColumnType type,
    long rows,
    long missing,
    long notFinite,
    double distinct,
    boolean distinctIsExact,
    double min,
    double max,
    double mean,
    double deviation,
    List<Double> quantiles,
    List<TopValue> top,
    Guess guess) {
  /** Shares of the quantiles. */
  public static final List<Double> SHARES = List.of(0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99);

  /** What a column seems to hold. */
  public enum Guess {
    /** Nothing known. */
    EMPTY,
    /** Codes of instruments of the mainland exchanges. */
    INSTRUMENTS,
    /** Days. */
    DAYS,
    /** Moments or times of the day. */
    MOMENTS,
    /** Whole numbers. */
    WHOLE_NUMBERS,
    /** Numbers. */
    NUMBERS,
    /** True or false. */
    FLAGS,
    /** Few different texts. */
    CATEGORIES,
    /** Other texts. */
    TEXTS
  }

  /**
   * A value and how often it comes.
   *
   * @param value as text
   * @param count rows
   */
  public record TopValue(String value, long count) {
    /** Checks the value. */
    public TopValue {
      Objects.requireNonNull(value, "value");
    }
  }

  /** Copies the lists. */
  public ColumnProfile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(guess, "guess");
    quantiles = List.copyOf(quantiles);
    top = List.copyOf(top);
  }

  /** The share of cells that are known; {@code NaN} without rows. */
  public double known() {
    return rows == 0 ? Double.NaN : (double) (rows - missing) / rows;
  }
}
