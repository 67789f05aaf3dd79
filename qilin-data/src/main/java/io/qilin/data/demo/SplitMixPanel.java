package io.qilin.data.demo;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A panel of any size made by a few lines of arithmetic, for measuring speed: whoever writes the same lines in another
 * language gets the same bits, and {@link #checksum} proves it. <strong>It is not market data</strong>, nor like it.
 *
 * <p>{@code u(seed, k)} is number {@code k} of SplitMix64 from the seed {@value #SEED}, as a double in [0, 1). Each
 * instrument {@code i} begins at a price of {@code 5 + 95 u(seed ^ 0x5EED, 2i)} yuan and trades around {@code 1e5 (1 +
 * 99 u(seed ^ 0x5EED, 2i + 1))} shares. Nine numbers {@code u0 … u8} make a row: the return is {@code (u0 + u1 + u2 + u3
 * - 2) × 0.0346…}, 2 % in standard deviation, and open, high, low, close, volume and vwap follow from it; the row is
 * {@code NaN} where {@code u8} is below the share of suspended rows, and the price goes on. Only {@code + - * /},
 * maximum, minimum and absolute value of doubles, in a fixed order.
 *
 * <p>Instruments are {@code P000000.OTHER}, {@code P000001.OTHER} … and have a row on every day; days are consecutive
 * dates, weekends too. Fields: {@code $open $high $low $close $volume $vwap}.
 */
public final class SplitMixPanel {
  /** The seed of the panel. */
  public static final long SEED = 20240101;

  /** The most instruments. */
  public static final int MAX_INSTRUMENTS = 1_000_000;

  /** The share of suspended rows that measurements with gaps use. */
  public static final double SUSPENDED = 0.02;

  private static final int MAX_CELLS = Integer.MAX_VALUE - 8;
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
  private static final long INSTRUMENT_SEED = SEED ^ 0x5EED;
  private static final int DRAWS = 9;
  private static final double RETURN_SCALE = 0.03464101615137755;
  private static final long CHECKSUM_FACTOR = 31;

  private SplitMixPanel() {}

  /** The panel in which every row is known. */
  public static Panel dense(int instruments, int days) {
    return of(instruments, days, 0);
  }

  /**
   * The panel with gaps.
   *
   * @param instruments 1 to {@value #MAX_INSTRUMENTS}
   * @param days at least 1
   * @param suspended the share of rows that are {@code NaN}, from 0 to 1
   * @throws QilinException INVALID_ARGUMENT if one of them is out of its range; LIMIT_EXCEEDED if instruments × days is
   *     too large for a panel
   */
  public static Panel of(int instruments, int days, double suspended) {
    return panel(instruments, days, suspended, false);
  }

  /**
   * The panel of {@link #of} with what Alpha101 reads besides: {@code $amount} is volume × vwap, {@code $cap} is close ×
   * 100 times the volume around which the share trades, {@code $sector $industry $subindustry} are the instrument's
   * number modulo 10, 30 and 60, known on suspended days too.
   *
   * @throws QilinException as {@link #of}
   */
  public static Panel wide(int instruments, int days, double suspended) {
    return panel(instruments, days, suspended, true);
  }

  private static Panel panel(int instruments, int days, double suspended, boolean wide) {
    if (instruments < 1 || instruments > MAX_INSTRUMENTS || days < 1) {
      throw QilinException.invalid("a panel has 1 to " + MAX_INSTRUMENTS
          + " instruments and at least 1 day, asked for were " + instruments + " × " + days);
    }
    if (!(suspended >= 0 && suspended <= 1)) {
      throw QilinException.invalid("the share of suspended rows is from 0 to 1, was " + suspended);
    }
    List<Symbol> symbols = new ArrayList<>(instruments);
    List<LocalDate> dates = new ArrayList<>(days);
    for (int d = 0; d < days; d++) {
      dates.add(FIRST_DAY.plusDays(d));
    }
    Columns columns = new Columns(instruments, days);
    for (int i = 0; i < instruments; i++) {
      symbols.add(symbol(i));
      columns.fill(i, suspended);
    }
    return Panel.ofColumns(
        symbols, dates, Adjustment.BACKWARD, wide ? columns.wide() : columns.byField());
  }

  /**
   * A number that changes with any bit of a column: {@code h = h × 31 + bits} over all rows of all instruments, modulo
   * 2<sup>64</sup>, with one pattern of bits for every {@code NaN}. Cells outside an instrument's span count as {@code
   * NaN}.
   *
   * @throws QilinException DATA_NOT_FOUND if the panel lacks the field
   */
  public static long checksum(Panel panel, Field field) {
    long sum = 0;
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (double value : panel.values(field, i, 0, panel.days().size())) {
        sum = sum * CHECKSUM_FACTOR + Double.doubleToLongBits(value);
      }
    }
    return sum;
  }

  /** Seven characters, so that the order of the names is that of the numbers. */
  private static Symbol symbol(int instrument) {
    return Symbol.other("P" + Integer.toString(MAX_INSTRUMENTS + instrument).substring(1));
  }

  /** The six columns, instrument by instrument. */
  private static final class Columns {
    private final int days;
    private final double[] open;
    private final double[] high;
    private final double[] low;
    private final double[] close;
    private final double[] volume;
    private final double[] vwap;

    Columns(int instruments, int days) {
      this.days = days;
      int cells = cells(instruments, days);
      open = new double[cells];
      high = new double[cells];
      low = new double[cells];
      close = new double[cells];
      volume = new double[cells];
      vwap = new double[cells];
    }

    private static int cells(int instruments, int days) {
      long cells = (long) instruments * days;
      if (cells > MAX_CELLS) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED,
            instruments + " instruments × " + days + " days is more than " + MAX_CELLS
                + " cells; ask for fewer");
      }
      return (int) cells;
    }

    void fill(int instrument, double suspended) {
      double price = 5 + 95 * SeededRandom.unit(INSTRUMENT_SEED, 2L * instrument);
      double base = base(instrument);
      int end = (instrument + 1) * days;
      long place = (long) instrument * days * DRAWS;
      for (int row = instrument * days; row < end; row++, place += DRAWS) {
        double change =
            (draw(place) + draw(place + 1) + draw(place + 2) + draw(place + 3) - 2) * RETURN_SCALE;
        double first = price * (1 + (draw(place + 4) - 0.5) * 0.01);
        double last = price * (1 + change);
        price = last;
        if (draw(place + 8) < suspended) {
          set(row, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
          continue;
        }
        double highest = Math.max(first, last) * (1 + draw(place + 5) * 0.01);
        double lowest = Math.min(first, last) * (1 - draw(place + 6) * 0.01);
        double shares = base * (0.5 + draw(place + 7)) * (1 + 50 * Math.abs(change));
        set(row, first, highest, lowest, last, shares);
      }
    }

    /** Shares around which the instrument trades. */
    private static double base(int instrument) {
      return 1e5 * (1 + 99 * SeededRandom.unit(INSTRUMENT_SEED, 2L * instrument + 1));
    }

    private static double draw(long place) {
      return SeededRandom.unit(SEED, place);
    }

    private void set(
        int row, double first, double highest, double lowest, double last, double shares) {
      open[row] = first;
      high[row] = highest;
      low[row] = lowest;
      close[row] = last;
      volume[row] = shares;
      vwap[row] = (first + highest + lowest + last) / 4;
    }

    Map<Field, double[]> byField() {
      return Map.of(
          Field.OPEN, open,
          Field.HIGH, high,
          Field.LOW, low,
          Field.CLOSE, close,
          Field.VOLUME, volume,
          Field.VWAP, vwap);
    }

    Map<Field, double[]> wide() {
      double[] amount = new double[close.length];
      double[] cap = new double[close.length];
      double[] sector = new double[close.length];
      double[] industry = new double[close.length];
      double[] subindustry = new double[close.length];
      for (int row = 0; row < close.length; row++) {
        int instrument = row / days;
        amount[row] = volume[row] * vwap[row];
        cap[row] = close[row] * 100 * base(instrument);
        sector[row] = instrument % 10;
        industry[row] = instrument % 30;
        subindustry[row] = instrument % 60;
      }
      Map<Field, double[]> all = new HashMap<>(byField());
      all.put(Field.AMOUNT, amount);
      all.put(Field.of("cap"), cap);
      all.put(Field.of("sector"), sector);
      all.put(Field.of("industry"), industry);
      all.put(Field.of("subindustry"), subindustry);
      return all;
    }
  }
}
