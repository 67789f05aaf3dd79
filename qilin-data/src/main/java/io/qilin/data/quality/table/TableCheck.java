package io.qilin.data.quality.table;

import static io.qilin.api.quality.QualityDimension.ACCURACY;
import static io.qilin.api.quality.QualityDimension.COMPLETENESS;
import static io.qilin.api.quality.QualityDimension.CONSISTENCY;
import static io.qilin.api.quality.QualityDimension.TIMELINESS;
import static io.qilin.api.quality.QualityDimension.UNIQUENESS;
import static io.qilin.api.quality.QualityDimension.VALIDITY;

import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityDimension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a rule asks of a table. Each case says what it makes of cells that are not known ({@code NaN} among numbers).
 * Numbers of 64 bits are compared as {@code double}, exactly up to 2^53.
 */
public sealed interface TableCheck {
  /** The side of quality that it belongs to unless a rule says otherwise. */
  QualityDimension dimension();

  /** The columns that it looks at; none if it only counts rows. */
  List<String> columns();

  /**
   * Cells are known. A missing cell is bad; the rule fails if the share of known cells is below the least.
   *
   * @param column of any type
   * @param least share of known cells, 0 to 1
   */
  record Complete(String column, double least) implements TableCheck {
    /**
     * Checks the share.
     *
     * @throws QilinException INVALID_ARGUMENT outside [0, 1]
     */
    public Complete {
      Checked.column(column);
      if (!(least >= 0 && least <= 1)) {
        throw QilinException.invalid("a share of known cells is 0 to 1, was " + least);
      }
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public QualityDimension dimension() {
      return COMPLETENESS;
    }
  }

  /**
   * No two rows have the same key. A row with a missing part of the key is not judged. Bad are all rows of a key but one.
   * Zeros of both signs are one number.
   *
   * @param columns of any types
   */
  record Unique(List<String> columns) implements TableCheck {
    /** Copies the list. */
    public Unique {
      columns = Checked.columns(columns);
    }

    @Override
    public QualityDimension dimension() {
      return UNIQUENESS;
    }
  }

  /**
   * Numbers lie between two bounds. A missing cell is not judged; infinities are judged.
   *
   * @param column numbers
   * @param low least
   * @param high greatest
   */
  record Range(String column, double low, double high) implements TableCheck {
    /** Checks the bounds. */
    public Range {
      Checked.column(column);
      Checked.span("a range", low, high);
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public QualityDimension dimension() {
      return ACCURACY;
    }
  }

  /**
   * {@code 0 < low <= min(open, close) <= max(open, close) <= high}. A row without any of the four is not judged; with
   * some of them it is bad.
   *
   * @param open first price
   * @param high highest price
   * @param low lowest price
   * @param close last price
   */
  record PriceOrder(String open, String high, String low, String close) implements TableCheck {
    /** Checks the names. */
    public PriceOrder {
      Checked.columns(open, high, low, close);
    }

    @Override
    public List<String> columns() {
      return List.of(open, high, low, close);
    }

    @Override
    public QualityDimension dimension() {
      return CONSISTENCY;
    }
  }

  /**
   * Numbers are finite. A missing cell is not judged.
   *
   * @param column numbers
   */
  record Finite(String column) implements TableCheck {
    /** Checks the name. */
    public Finite {
      Checked.column(column);
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public QualityDimension dimension() {
      return VALIDITY;
    }
  }

  /**
   * Texts are among some. A missing cell is not judged.
   *
   * @param column texts
   * @param texts at least one
   */
  record OneOf(String column, Set<String> texts) implements TableCheck {
    /** Copies the set. */
    public OneOf {
      Checked.column(column);
      texts = Collections.unmodifiableSet(new TreeSet<>(texts));
      if (texts.isEmpty()) {
        throw QilinException.invalid("a set of allowed texts needs at least one text");
      }
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public QualityDimension dimension() {
      return VALIDITY;
    }
  }

  /**
   * Texts match a pattern as a whole. A missing cell is not judged. The time is linear in the length of the text.
   *
   * @param column texts
   * @param pattern in the language of {@link TextPattern}
   */
  record Matches(String column, TextPattern pattern) implements TableCheck {
    /** Checks the name. */
    public Matches {
      Checked.column(column);
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public QualityDimension dimension() {
      return VALIDITY;
    }
  }

  /**
   * From row to row of the same key a value does not fall. Rows with a missing value or key are passed over. Parts that
   * are merged follow each other by name, then by row.
   *
   * @param column numbers, days or moments
   * @param by the key, or empty for the whole table
   * @param strictly whether it must rise
   */
  record Increasing(String column, Optional<String> by, boolean strictly) implements TableCheck {
    /** Checks the names. */
    public Increasing {
      Checked.column(column);
      by.ifPresent(Checked::column);
    }

    @Override
    public List<String> columns() {
      return with(by, column);
    }

    @Override
    public QualityDimension dimension() {
      return CONSISTENCY;
    }
  }

  /**
   * Two numbers of a row compare as they should. A row with a missing one is not judged.
   *
   * @param left first column
   * @param comparison how
   * @param right second column
   * @param tolerance by how much they may miss it, in the unit of the columns
   */
  record Compare(String left, Comparison comparison, String right, double tolerance)
      implements TableCheck {
    /** Checks the parts. */
    public Compare {
      Checked.columns(left, right);
      Checked.notNegative("a tolerance", tolerance);
    }

    @Override
    public List<String> columns() {
      return List.of(left, right);
    }

    @Override
    public QualityDimension dimension() {
      return CONSISTENCY;
    }
  }

  /**
   * The number of rows lies between two bounds.
   *
   * @param low least
   * @param high greatest
   */
  record RowCount(double low, double high) implements TableCheck {
    /** Checks the bounds. */
    public RowCount {
      Checked.span("a number of rows", low, high);
    }

    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public QualityDimension dimension() {
      return COMPLETENESS;
    }
  }

  /**
   * The number of different values lies between two bounds. Missing cells are no value.
   *
   * @param column of any type
   * @param low least
   * @param high greatest
   */
  record DistinctCount(String column, double low, double high) implements TableCheck {
    /** Checks the bounds. */
    public DistinctCount {
      Checked.column(column);
      Checked.span("a number of different values", low, high);
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public QualityDimension dimension() {
      return VALIDITY;
    }
  }

  /**
   * The mean of the finite numbers lies between two bounds; computed from an exact sum. Not judged without one.
   *
   * @param column numbers
   * @param low least
   * @param high greatest
   */
  record Mean(String column, double low, double high) implements TableCheck {
    /** Checks the bounds. */
    public Mean {
      Checked.column(column);
      Checked.span("a mean", low, high);
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public QualityDimension dimension() {
      return ACCURACY;
    }
  }

  /**
   * The standard deviation (n − 1) of the finite numbers lies between two bounds; computed from exact sums. Not judged
   * with fewer than two.
   *
   * @param column numbers
   * @param low least
   * @param high greatest
   */
  record Deviation(String column, double low, double high) implements TableCheck {
    /** Checks the bounds. */
    public Deviation {
      Checked.column(column);
      Checked.span("a standard deviation", low, high);
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public QualityDimension dimension() {
      return ACCURACY;
    }
  }

  /**
   * The newest row of each key is as new as it can be. The delay counts from the moment at which the first row that is
   * missing was due: for days 15:00 in Shanghai of the next session by the calendar, or of the next day without one; for
   * moments the newest row itself, without the time in which no session is held where there is a calendar. A key scores
   * 1.0 below 60 s of delay, 0.8 below 300 s, 0.5 below 900 s, else 0.2; bad are keys below 1.0, after the grace is taken
   * off the delay. Keys without a known time are not judged; nothing is without a moment of judging.
   *
   * @param column days or moments
   * @param by the key, or empty for the whole table
   * @param graceSeconds delay that is allowed
   */
  record Fresh(String column, Optional<String> by, double graceSeconds) implements TableCheck {
    /** Checks the parts. */
    public Fresh {
      Checked.column(column);
      by.ifPresent(Checked::column);
      Checked.notNegative("a grace in seconds", graceSeconds);
    }

    @Override
    public List<String> columns() {
      return with(by, column);
    }

    @Override
    public QualityDimension dimension() {
      return TIMELINESS;
    }
  }

  /**
   * Each key has a row on every session from its own first to its own last day, but those on which it was suspended.
   * Needs the calendar; where it does not know the days, nothing is judged.
   *
   * @param day days or moments
   * @param by the instrument
   */
  record EverySession(String day, String by) implements TableCheck {
    /** Checks the names. */
    public EverySession {
      Checked.columns(day, by);
    }

    @Override
    public List<String> columns() {
      return List.of(day, by);
    }

    @Override
    public QualityDimension dimension() {
      return COMPLETENESS;
    }
  }

  /**
   * High and low lie within the day's price limits of the rule book, from the reference price. Rows are not judged
   * without reference price, high or low, where the instrument is none of the three exchanges, and on days without a
   * limit. What is not known of a security counts in favour of the data: without its status it is taken for one without
   * a warning, a fund for one with the wider limit; only a status tells a new listing.
   *
   * @param instrument codes such as {@code 600519.SH} or {@code SH600519}
   * @param day days or moments
   * @param reference previous close, or ex-right reference
   * @param high highest price
   * @param low lowest price
   */
  record PriceLimits(String instrument, String day, String reference, String high, String low)
      implements TableCheck {
    /** Checks the names. */
    public PriceLimits {
      Checked.columns(instrument, day, reference, high, low);
    }

    @Override
    public List<String> columns() {
      return List.of(instrument, day, reference, high, low);
    }

    @Override
    public QualityDimension dimension() {
      return ACCURACY;
    }
  }

  /**
   * A raw price is a multiple of the tick of its board: 0.01 yuan for shares, 0.001 for funds. Missing prices and
   * instruments of no board are not judged.
   *
   * @param instrument codes such as {@code 600519.SH} or {@code SH600519}
   * @param day days or moments
   * @param price raw prices
   */
  record TickMultiple(String instrument, String day, String price) implements TableCheck {
    /** Checks the names. */
    public TickMultiple {
      Checked.columns(instrument, day, price);
    }

    @Override
    public List<String> columns() {
      return List.of(instrument, day, price);
    }

    @Override
    public QualityDimension dimension() {
      return VALIDITY;
    }
  }

  /**
   * A day's volume is a whole number of shares, not negative. Missing cells are not judged. That it need not be whole
   * lots is because odd remainders are sold.
   *
   * @param volume shares
   */
  record WholeShares(String volume) implements TableCheck {
    /** Checks the name. */
    public WholeShares {
      Checked.column(volume);
    }

    @Override
    public List<String> columns() {
      return List.of(volume);
    }

    @Override
    public QualityDimension dimension() {
      return VALIDITY;
    }
  }

  /**
   * Amount / volume lies between low and high. First the units are found from the median of all rows: lots of 100
   * shares, thousands or ten thousands of yuan are told and allowed for, and fail the rule. Rows with a missing or zero
   * volume are not judged. Rounding of one lot and of one yuan, thousand or ten thousand is allowed, as digits suggest.
   *
   * @param amount yuan
   * @param volume shares
   * @param low lowest price
   * @param high highest price
   */
  record AveragePrice(String amount, String volume, String low, String high) implements TableCheck {
    /** Checks the names. */
    public AveragePrice {
      Checked.columns(amount, volume, low, high);
    }

    @Override
    public List<String> columns() {
      return List.of(amount, volume, low, high);
    }

    @Override
    public QualityDimension dimension() {
      return CONSISTENCY;
    }
  }

  /**
   * The reference price is the close of the row before of the same instrument, but on an ex-date, on which the factor
   * changes and the reference is the close divided by that change, within two ticks and half a percent. Without a factor
   * only a reference above the close before is bad, as a payout lowers it. Rows must come in order of time within an
   * instrument; those without reference, close or factor are passed over.
   *
   * @param instrument the key
   * @param reference previous close, or ex-right reference
   * @param close last price
   * @param factor adjustment factor, if there is one
   */
  record PreviousClose(String instrument, String reference, String close, Optional<String> factor)
      implements TableCheck {
    /** Checks the names. */
    public PreviousClose {
      Checked.columns(instrument, reference, close);
      factor.ifPresent(Checked::column);
    }

    @Override
    public List<String> columns() {
      return with(factor, instrument, reference, close);
    }

    @Override
    public QualityDimension dimension() {
      return CONSISTENCY;
    }
  }

  /**
   * Volume is 0 exactly on rows that are marked as suspended. Rows with a missing mark or volume are not judged, but a
   * suspended row without volume is good.
   *
   * @param volume shares
   * @param suspended true or 1 where the instrument was suspended all day
   */
  record Suspended(String volume, String suspended) implements TableCheck {
    /** Checks the names. */
    public Suspended {
      Checked.columns(volume, suspended);
    }

    @Override
    public List<String> columns() {
      return List.of(volume, suspended);
    }

    @Override
    public QualityDimension dimension() {
      return CONSISTENCY;
    }
  }

  private static List<String> with(Optional<String> another, String... columns) {
    List<String> all = new ArrayList<>(List.of(columns));
    another.ifPresent(all::add);
    return List.copyOf(all);
  }
}
