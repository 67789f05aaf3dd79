package io.qilin.api.market;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A table of instruments × trading days × fields: the one form in which Qilin computes on market data.
 *
 * <p>Shape: instruments are sorted by {@link Symbol}, days ascend strictly, every cell is a {@code double}, {@code NaN}
 * means "not known". An instrument has rows only within its span, from its first to its last day in the data; a day
 * without trading inside the span is a row of {@code NaN}, and takes a place in every window. Days are trading days in
 * Asia/Shanghai unless the source says otherwise.
 *
 * <p>Units: prices in yuan per share in the panel's {@link #adjustment()}, volume in shares, amount in yuan, see {@link
 * Field}. Adjusted prices never replace raw ones: {@link #withAdjustment} derives them.
 *
 * <p>Immutable and safe to share between threads. {@link #until} is a view that costs no copy.
 */
public final class Panel {
  private static final int MAX_CELLS = Integer.MAX_VALUE - 8;

  /** Instruments that are turned into rows together: their values fill one line of the cache in each row. */
  private static final int SIDE_BY_SIDE = 8;

  private final List<Symbol> symbols;
  private final List<LocalDate> days;
  private final Adjustment adjustment;
  /** Values of one field, instrument by instrument, {@link #stride} days each. */
  private final SortedMap<Field, double[]> columns;
  /** The same by the fields' names, for the look-up of every cell. */
  private final Map<String, double[]> columnOf;

  private final int stride;
  /** Place of each instrument in the columns; a view may leave some out. */
  private final int[] slots;

  private final int[] from;
  /** Index after the last row of each instrument in all the data; a view ends earlier. */
  private final int[] to;

  private Panel(
      List<Symbol> symbols,
      List<LocalDate> days,
      Adjustment adjustment,
      SortedMap<Field, double[]> columns,
      int stride,
      int[] slots,
      int[] from,
      int[] to) {
    this(symbols, days, adjustment, columns, byName(columns), stride, slots, from, to);
  }

  private Panel(
      List<Symbol> symbols,
      List<LocalDate> days,
      Adjustment adjustment,
      SortedMap<Field, double[]> columns,
      Map<String, double[]> columnOf,
      int stride,
      int[] slots,
      int[] from,
      int[] to) {
    this.symbols = symbols;
    this.days = days;
    this.adjustment = adjustment;
    this.columns = columns;
    this.columnOf = columnOf;
    this.stride = stride;
    this.slots = slots;
    this.from = from;
    this.to = to;
  }

  private static Map<String, double[]> byName(SortedMap<Field, double[]> columns) {
    Map<String, double[]> names = new HashMap<>();
    columns.forEach((field, column) -> names.put(field.name(), column));
    return names;
  }

  /**
   * Starts a panel.
   *
   * @param days the trading days, strictly ascending, at least one
   * @param adjustment how the prices that will be set are adjusted
   * @throws QilinException INVALID_ARGUMENT if the days do not ascend
   */
  public static Builder builder(List<LocalDate> days, Adjustment adjustment) {
    return new Builder(days, adjustment);
  }

  /**
   * A panel in which every instrument has a row on every day, from whole columns; quicker than a builder where the data
   * lies so already.
   *
   * @param symbols the instruments, strictly ascending, at least one
   * @param days the trading days, strictly ascending, at least one
   * @param adjustment how the prices are adjusted
   * @param columns for each field the values of the first instrument on all days, then those of the second and so on,
   *     {@code NaN} where not known; copied
   * @throws QilinException INVALID_ARGUMENT if the instruments or the days do not ascend, or a column is not instruments
   *     × days long; LIMIT_EXCEEDED if instruments × days exceeds 2<sup>31</sup> − 9
   */
  public static Panel ofColumns(
      List<Symbol> symbols,
      List<LocalDate> days,
      Adjustment adjustment,
      Map<Field, double[]> columns) {
    Objects.requireNonNull(adjustment, "adjustment");
    List<Symbol> sorted = ascending(symbols, "instrument");
    List<LocalDate> dates = ascending(days, "day");
    int cells = cells(sorted.size(), dates.size());
    SortedMap<Field, double[]> copies = new TreeMap<>();
    columns.forEach((field, column) -> {
      if (column.length != cells) {
        throw QilinException.invalid(field + " has " + column.length + " values, but "
            + sorted.size() + " instruments × " + dates.size() + " days are " + cells);
      }
      copies.put(field, column.clone());
    });
    int[] to = new int[sorted.size()];
    Arrays.fill(to, dates.size());
    int[] slots = IntStream.range(0, sorted.size()).toArray();
    return new Panel(
        sorted, dates, adjustment, copies, dates.size(), slots, new int[sorted.size()], to);
  }

  private static <T extends Comparable<? super T>> List<T> ascending(List<T> given, String what) {
    List<T> copy = List.copyOf(given);
    if (copy.isEmpty()) {
      throw QilinException.invalid("a panel needs at least one " + what);
    }
    for (int i = 1; i < copy.size(); i++) {
      if (copy.get(i).compareTo(copy.get(i - 1)) <= 0) {
        throw QilinException.invalid(
            what + "s must ascend, but " + copy.get(i) + " follows " + copy.get(i - 1));
      }
    }
    return copy;
  }

  private static int cells(int instruments, int days) {
    long cells = (long) instruments * days;
    if (cells > MAX_CELLS) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          instruments + " instruments × " + days + " days is more than " + MAX_CELLS
              + " cells; split by instrument or by period");
    }
    return (int) cells;
  }

  /** The instruments, sorted. */
  public List<Symbol> symbols() {
    return symbols;
  }

  /** The trading days, ascending. */
  public List<LocalDate> days() {
    return days;
  }

  /** The fields that the panel holds. */
  public SortedSet<Field> fields() {
    return Collections.unmodifiableSortedSet((SortedSet<Field>) columns.keySet());
  }

  /** How {@code $open $high $low $close $vwap} are adjusted. */
  public Adjustment adjustment() {
    return adjustment;
  }

  /** The last day. */
  public LocalDate lastDay() {
    return days.get(days.size() - 1);
  }

  /** The place of the instrument in {@link #symbols()}, or empty. */
  public Optional<Integer> find(Symbol symbol) {
    int at = Collections.binarySearch(symbols, symbol);
    return at < 0 ? Optional.empty() : Optional.of(at);
  }

  /**
   * The place of the instrument in {@link #symbols()}.
   *
   * @throws QilinException DATA_NOT_FOUND if it is not in the panel
   */
  public int indexOf(Symbol symbol) {
    return find(symbol)
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            symbol + " is not among the " + symbols.size() + " instruments of the panel"));
  }

  /**
   * The place of a day in {@link #days()}.
   *
   * @throws QilinException NOT_A_TRADING_DAY with the neighbours, or DATE_OUT_OF_RANGE with the span
   */
  public int indexOf(LocalDate day) {
    int at = Collections.binarySearch(days, day);
    if (at >= 0) {
      return at;
    }
    int next = -at - 1;
    if (next == 0 || next == days.size()) {
      throw new QilinException(
          ErrorCode.DATE_OUT_OF_RANGE,
          day + " is outside the data, which runs from " + days.get(0) + " to " + lastDay());
    }
    throw new QilinException(
        ErrorCode.NOT_A_TRADING_DAY,
        day + " is not a trading day of the data; the nearest are " + days.get(next - 1) + " and "
            + days.get(next));
  }

  /** Index of the first day on which the instrument has a row. */
  public int firstRow(int instrument) {
    return from[instrument];
  }

  /** Index after the last day on which the instrument has a row. */
  public int endRow(int instrument) {
    return Math.min(to[instrument], days.size());
  }

  /** Whether the panel holds the field. */
  public boolean has(Field field) {
    return columnOf.containsKey(field.name());
  }

  /**
   * One cell; {@code NaN} where nothing is known, also outside the instrument's span.
   *
   * @throws QilinException DATA_NOT_FOUND if the panel lacks the field
   */
  public double value(Field field, int instrument, int day) {
    double[] column = cells(field);
    Objects.checkIndex(day, days.size());
    return column[slots[instrument] * stride + day];
  }

  /**
   * One field, for who reads many of its cells: the field is looked up once, not for each cell.
   *
   * @throws QilinException DATA_NOT_FOUND if the panel lacks the field
   */
  public PanelColumn column(Field field) {
    return new PanelColumn(cells(field), stride, slots, days.size());
  }

  /**
   * A copy of the rows {@code [fromDay, toDay)} of one instrument.
   *
   * @return one value a day, {@code NaN} where nothing is known
   * @throws QilinException DATA_NOT_FOUND if the panel lacks the field
   */
  public double[] values(Field field, int instrument, int fromDay, int toDay) {
    double[] column = cells(field);
    Objects.checkFromToIndex(fromDay, toDay, days.size());
    int start = slots[instrument] * stride;
    return Arrays.copyOfRange(column, start + fromDay, start + toDay);
  }

  /**
   * Copies a part of one field day by day: the value of instrument {@code fromInstrument + i} on day {@code fromDay + d}
   * goes to {@code rows[d][offsets[d] + i]}, {@code NaN} where nothing is known.
   *
   * @param rows as many rows as days or more; the same array may stand for several days
   * @param offsets where each day's values begin in its row
   * @throws QilinException DATA_NOT_FOUND if the panel lacks the field
   */
  public void crossSections(
      Field field,
      int fromInstrument,
      int toInstrument,
      int fromDay,
      int toDay,
      double[][] rows,
      int[] offsets) {
    double[] column = cells(field);
    Objects.checkFromToIndex(fromInstrument, toInstrument, slots.length);
    Objects.checkFromToIndex(fromDay, toDay, days.size());
    int[] starts = new int[SIDE_BY_SIDE];
    for (int i = fromInstrument; i < toInstrument; i += SIDE_BY_SIDE) {
      int count = Math.min(SIDE_BY_SIDE, toInstrument - i);
      for (int k = 0; k < count; k++) {
        starts[k] = slots[i + k] * stride + fromDay;
      }
      for (int day = 0; day < toDay - fromDay; day++) {
        double[] row = rows[day];
        int at = offsets[day] + i - fromInstrument;
        for (int k = 0; k < count; k++) {
          row[at + k] = column[starts[k] + day];
        }
      }
    }
  }

  /** A copy of all rows of one instrument, from {@link #firstRow} to {@link #endRow}. */
  public double[] values(Field field, int instrument) {
    return values(field, instrument, from[instrument], endRow(instrument));
  }

  /**
   * What was known at the end of a day: the panel without all later days, and without instruments that first appear
   * later. A view; nothing is copied.
   *
   * @throws QilinException as {@link #indexOf(LocalDate)}
   */
  public Panel until(LocalDate day) {
    int end = indexOf(day) + 1;
    if (end == days.size()) {
      return this;
    }
    int[] kept = new int[slots.length];
    int count = 0;
    for (int i = 0; i < kept.length; i++) {
      if (from[i] < end) {
        kept[count++] = i;
      }
    }
    return select(Arrays.copyOf(kept, count), end);
  }

  /** The panel with only the instruments that {@code keep} holds, as a view. */
  public Panel only(Predicate<Symbol> keep) {
    int[] kept =
        IntStream.range(0, slots.length).filter(i -> keep.test(symbols.get(i))).toArray();
    return select(kept, days.size());
  }

  private Panel select(int[] kept, int end) {
    if (kept.length == slots.length) {
      return new Panel(
          symbols, days.subList(0, end), adjustment, columns, columnOf, stride, slots, from, to);
    }
    List<Symbol> keptSymbols = new ArrayList<>(kept.length);
    int[] keptSlots = new int[kept.length];
    int[] keptFrom = new int[kept.length];
    int[] keptTo = new int[kept.length];
    for (int k = 0; k < kept.length; k++) {
      int i = kept[k];
      keptSymbols.add(symbols.get(i));
      keptSlots[k] = slots[i];
      keptFrom[k] = from[i];
      keptTo[k] = to[i];
    }
    return new Panel(
        List.copyOf(keptSymbols),
        days.subList(0, end),
        adjustment,
        columns,
        columnOf,
        stride,
        keptSlots,
        keptFrom,
        keptTo);
  }

  /** What a cell holds. */
  @FunctionalInterface
  public interface Cell {
    /**
     * The value of a cell; {@code NaN} where it is not known.
     *
     * @param instrument index in {@link Panel#symbols()}
     * @param day index in {@link Panel#days()}, within the instrument's span
     */
    double value(int instrument, int day);
  }

  /**
   * The panel with a field computed from it; one of that name is replaced. The other fields are shared, not copied.
   *
   * @param cell called for each instrument, in order, and each day of its span, ascending
   */
  public Panel with(Field field, Cell cell) {
    int last = 0;
    for (int slot : slots) {
      last = Math.max(last, slot + 1);
    }
    double[] column = new double[last * stride];
    Arrays.fill(column, Double.NaN);
    for (int i = 0; i < slots.length; i++) {
      for (int day = from[i]; day < endRow(i); day++) {
        column[slots[i] * stride + day] = cell.value(i, day);
      }
    }
    SortedMap<Field, double[]> all = new TreeMap<>(columns);
    all.put(Objects.requireNonNull(field, "field"), column);
    return new Panel(symbols, days, adjustment, all, stride, slots, from, to);
  }

  /**
   * The same market in another price adjustment: raw = adjusted / factor, rounded to the tick (0.01 yuan for shares, 0.001
   * for funds and bonds; indices, B shares of Shanghai, instruments of other exchanges and {@code $vwap} are not rounded);
   * backward = raw × factor. Volume, amount
   * and reference price stay as they are. A forward-adjusted series counts as comparable over time and is left as it is
   * when BACKWARD is asked for.
   *
   * @param target RAW or BACKWARD; forward-adjusted prices change with every new day and are read, never made
   * @throws QilinException DATA_NOT_FOUND without {@code $factor}; UNSUPPORTED for FORWARD
   */
  public Panel withAdjustment(Adjustment target) {
    if (target == adjustment) {
      return this;
    }
    if (target == Adjustment.FORWARD) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "forward-adjusted prices are not made, as they rewrite history; use BACKWARD");
    }
    double[] factor = cells(Field.FACTOR);
    SortedMap<Field, double[]> converted = new TreeMap<>(columns);
    for (Field field : columns.keySet()) {
      if (field.isPrice()) {
        converted.put(field, convert(cells(field), factor, field, target));
      }
    }
    Adjustment reached =
        target == Adjustment.BACKWARD && adjustment == Adjustment.FORWARD ? adjustment : target;
    return new Panel(symbols, days, reached, converted, stride, slots, from, to);
  }

  private double[] convert(double[] prices, double[] factor, Field field, Adjustment target) {
    if (target == Adjustment.BACKWARD && adjustment == Adjustment.FORWARD) {
      return prices;
    }
    double[] out = new double[prices.length];
    Arrays.fill(out, Double.NaN);
    for (int i = 0; i < slots.length; i++) {
      double ticksPerYuan = field.equals(Field.VWAP) ? 0 : ticksPerYuan(symbols.get(i));
      for (int k = slots[i] * stride + from[i]; k < slots[i] * stride + endRow(i); k++) {
        if (target == Adjustment.BACKWARD) {
          out[k] = prices[k] * factor[k];
        } else {
          double raw = prices[k] / factor[k];
          out[k] = ticksPerYuan == 0 ? raw : Math.rint(raw * ticksPerYuan) / ticksPerYuan;
        }
      }
    }
    return out;
  }

  /** How many ticks make a yuan; 0 where the tick is not known. */
  private static double ticksPerYuan(Symbol symbol) {
    if (symbol.exchange() == Exchange.OTHER) {
      return 0;
    }
    String code = symbol.code();
    return switch (code.charAt(0)) {
      case '1', '5' -> 1000;
      case '0' -> symbol.exchange() == Exchange.SSE ? 0 : 100;
      case '3' -> code.startsWith("399") ? 0 : 100;
      case '8' -> code.startsWith("899") ? 0 : 100;
      case '9' -> symbol.exchange() == Exchange.SSE ? 0 : 100;
      default -> 100;
    };
  }

  private double[] cells(Field field) {
    double[] column = columnOf.get(field.name());
    if (column == null) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the panel has no field " + field + "; it has " + columns.keySet());
    }
    return column;
  }

  /** For example {@code Panel[30 instruments × 1217 days, 2015-09-01..2020-08-31, [$close, …], FORWARD]}. */
  @Override
  public String toString() {
    return "Panel[" + symbols.size() + " instruments × " + days.size() + " days, " + days.get(0)
        + ".." + lastDay() + ", " + columns.keySet() + ", " + adjustment + "]";
  }

  /** Collects the cells of a {@link Panel}. Not thread-safe; {@link #build} may be called once. */
  public static final class Builder {
    private final List<LocalDate> days;
    private final Adjustment adjustment;
    private final SortedMap<Symbol, SortedMap<Field, Run>> rows = new TreeMap<>();
    private boolean built;

    /** Values of one column from a day on. */
    private static final class Run {
      private final int from;
      private final double[] values;

      Run(int from, double[] values) {
        this.from = from;
        this.values = values;
      }

      int from() {
        return from;
      }

      int to() {
        return from + values.length;
      }
    }

    private Builder(List<LocalDate> days, Adjustment adjustment) {
      this.days = ascending(days, "day");
      this.adjustment = Objects.requireNonNull(adjustment, "adjustment");
    }

    /**
     * Sets one field of one instrument.
     *
     * @param fromDay index of the day of the first value
     * @param values one value a day from there, {@code NaN} where not known; copied
     * @throws QilinException INVALID_ARGUMENT if the values do not fit the days or the field was set before
     */
    public Builder column(Symbol symbol, Field field, int fromDay, double[] values) {
      Objects.requireNonNull(symbol, "symbol");
      Objects.requireNonNull(field, "field");
      if (fromDay < 0 || values.length == 0 || values.length > days.size() - fromDay) {
        throw QilinException.invalid(values.length + " values from day " + fromDay
            + " do not fit the " + days.size() + " days");
      }
      Run run = new Run(fromDay, values.clone());
      if (rows.computeIfAbsent(symbol, s -> new TreeMap<>()).putIfAbsent(field, run) != null) {
        throw QilinException.invalid(field + " of " + symbol + " was set twice");
      }
      return this;
    }

    /**
     * The panel. An instrument's span runs from the first to the last day of any of its columns; fields that it lacks
     * are {@code NaN}.
     *
     * @throws QilinException INVALID_ARGUMENT without any instrument or when called again; LIMIT_EXCEEDED if instruments × days exceeds
     *     2<sup>31</sup> − 9
     */
    public Panel build() {
      if (built) {
        throw QilinException.invalid("the panel was built before; start another builder");
      }
      if (rows.isEmpty()) {
        throw QilinException.invalid("a panel needs at least one instrument");
      }
      int cells = cells(rows.size(), days.size());
      built = true;
      List<Symbol> symbols = List.copyOf(rows.keySet());
      SortedMap<Field, double[]> columns = new TreeMap<>();
      int[] slots = new int[symbols.size()];
      int[] from = new int[symbols.size()];
      int[] to = new int[symbols.size()];
      for (int i = 0; i < slots.length; i++) {
        Symbol symbol = symbols.get(i);
        slots[i] = i;
        SortedMap<Field, Run> own = Objects.requireNonNull(rows.remove(symbol));
        from[i] = own.values().stream().mapToInt(Run::from).min().orElseThrow();
        to[i] = own.values().stream().mapToInt(Run::to).max().orElseThrow();
        for (var entry : own.entrySet()) {
          Run run = entry.getValue();
          double[] column = columns.computeIfAbsent(entry.getKey(), f -> missing(cells));
          System.arraycopy(run.values, 0, column, i * days.size() + run.from, run.values.length);
        }
      }
      return new Panel(symbols, days, adjustment, columns, days.size(), slots, from, to);
    }

    private static double[] missing(int cells) {
      double[] column = new double[cells];
      Arrays.fill(column, Double.NaN);
      return column;
    }
  }
}
