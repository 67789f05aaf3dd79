package io.qilin.data.internal.bars;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.bars.InstrumentSpan;
import io.qilin.data.internal.Place;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Makes the panel from the rows as they were read. */
public final class PanelAssembly {
  /** A panel this small is built however empty it is. */
  private static final long SMALL_PANEL = 1 << 22;

  /** Cells that a panel may have for each value that was read. */
  private static final long SPARSENESS = 100;

  private final BarSettings settings;
  private final BarTable table;
  private final FindingLog log;

  /** Begins with rows that were read and what was noticed meanwhile. */
  public PanelAssembly(BarSettings settings, BarTable table, FindingLog log) {
    this.settings = settings;
    this.table = table;
    this.log = log;
  }

  /**
   * The answer to a query. The table is used up by it.
   *
   * @throws QilinException DATA_NOT_FOUND if no row answers; DATA_FORMAT if the columns contradict each other;
   *     NOT_A_TRADING_DAY or DATE_OUT_OF_RANGE for a row outside the calendar; LIMIT_EXCEEDED
   */
  public Bars bars(BarQuery query) {
    Adjustment adjustment = new AdjustmentEvidence(settings, table, log).adjustment();
    new UnitEvidence(settings, table, log).convert(adjustment);
    RowOrder order = RowOrder.of(table, query);
    if (order.rows() == 0) {
      throw nothing();
    }
    long read = order.rows();
    order.sortAndMerge(log);
    CalendarGate.of(settings, table, log).apply(order);
    noteInstrumentsWithoutRows(query, order);
    int[] days = days(query, order);
    if (days.length == 0) {
      throw nothing();
    }
    Panel panel = panel(days, adjustment, order);
    Provenance origin = new Provenance(settings.provider(), Place.name(settings.path()), false);
    return new Bars(panel, origin, read, log.toList());
  }

  private QilinException nothing() {
    int first = Integer.MAX_VALUE;
    int last = Integer.MIN_VALUE;
    for (int row = 0; row < table.rows(); row++) {
      first = Math.min(first, table.epochDay(row));
      last = Math.max(last, table.epochDay(row));
    }
    String there = table.rows() == 0
        ? "none that was read is of its instruments and days"
        : "there are "
            + table.symbols().size()
            + " instruments from "
            + LocalDate.ofEpochDay(first)
            + " to "
            + LocalDate.ofEpochDay(last);
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND,
        Place.name(settings.path()) + ": no row answers the query; " + there);
  }

  private void noteInstrumentsWithoutRows(BarQuery query, RowOrder order) {
    for (Map.Entry<Symbol, InstrumentSpan> entry : settings.spans().entrySet()) {
      Symbol symbol = entry.getKey();
      boolean asked = query.symbols().isEmpty() || query.symbols().contains(symbol);
      if (asked && !order.holds(symbol)) {
        log.row(
            "instrument-without-rows",
            QualityDimension.COMPLETENESS,
            QualitySeverity.WARNING,
            symbol,
            entry.getValue().first(),
            java.util.Optional.empty(),
            Double.NaN,
            symbol + " is in the list of instruments, but has no row");
      }
    }
  }

  /** The panel's days: those of the rows, or of the calendar between the first and the last. */
  private int[] days(BarQuery query, RowOrder order) {
    int first = Integer.MAX_VALUE;
    int last = Integer.MIN_VALUE;
    for (int s = 0; s < order.instruments(); s++) {
      if (order.size(s) > 0) {
        first = Math.min(first, spanFirst(s, order));
        last = Math.max(last, spanLast(s, order));
      }
    }
    if (query.from().isPresent()) {
      first = Math.max(first, (int) query.from().get().toEpochDay());
    }
    last = (int) Math.min(last, lastAsked(query, order));
    if (settings.calendar().isEmpty()) {
      return daysOfRows(order);
    }
    int from = first;
    int to = last;
    return settings.calendar().get().stream()
        .mapToInt(day -> (int) day.toEpochDay())
        .filter(day -> day >= from && day <= to)
        .toArray();
  }

  /** The last day that any instrument with rows may have in the answer. */
  private long lastAsked(BarQuery query, RowOrder order) {
    long last = Long.MIN_VALUE;
    for (int s = 0; s < order.instruments(); s++) {
      if (order.size(s) > 0) {
        last = Math.max(last, RowOrder.lastDay(query, table.symbols().get(s)));
      }
    }
    return last;
  }

  private int[] daysOfRows(RowOrder order) {
    int least = Integer.MAX_VALUE;
    for (int s = 0; s < order.instruments(); s++) {
      least = order.size(s) > 0 ? Math.min(least, table.epochDay(order.row(s, 0))) : least;
    }
    BitSet seen = new BitSet();
    for (int s = 0; s < order.instruments(); s++) {
      for (int i = 0; i < order.size(s); i++) {
        seen.set(table.epochDay(order.row(s, i)) - least);
      }
    }
    int offset = least;
    return seen.stream().map(day -> day + offset).toArray();
  }

  private int spanFirst(int s, RowOrder order) {
    InstrumentSpan span = settings.spans().get(table.symbols().get(s));
    return span == null ? table.epochDay(order.row(s, 0)) : (int) span.first().toEpochDay();
  }

  private int spanLast(int s, RowOrder order) {
    InstrumentSpan span = settings.spans().get(table.symbols().get(s));
    return span == null
        ? table.epochDay(order.row(s, order.size(s) - 1))
        : (int) span.last().toEpochDay();
  }

  private Panel panel(int[] days, Adjustment adjustment, RowOrder order) {
    checkSize(days, order);
    List<LocalDate> dates = Arrays.stream(days).mapToObj(LocalDate::ofEpochDay).toList();
    Panel.Builder builder = Panel.builder(dates, adjustment);
    int[][] places = places(days, order);
    // Field by field, so that what went into the panel need not be held twice.
    for (Field field : List.copyOf(table.columns().keySet())) {
      DoubleCells column = table.removeColumn(field);
      for (int s = 0; s < order.instruments(); s++) {
        if (order.size(s) > 0) {
          fill(builder, field, column, s, days, places[s], order);
        }
      }
    }
    return builder.build();
  }

  /** For each instrument, where its rows lie in its span. */
  private int[][] places(int[] days, RowOrder order) {
    int[][] places = new int[order.instruments()][];
    for (int s = 0; s < places.length; s++) {
      places[s] = new int[order.size(s)];
      int from = order.size(s) > 0 ? lower(days, spanFirst(s, order)) : 0;
      for (int i = 0; i < places[s].length; i++) {
        places[s][i] = lower(days, table.epochDay(order.row(s, i))) - from;
      }
    }
    return places;
  }

  private void fill(
      Panel.Builder builder,
      Field field,
      DoubleCells column,
      int s,
      int[] days,
      int[] places,
      RowOrder order) {
    int from = lower(days, spanFirst(s, order));
    int to = lower(days, spanLast(s, order) + 1);
    double[] values = new double[to - from];
    Arrays.fill(values, Double.NaN);
    for (int i = 0; i < places.length; i++) {
      values[places[i]] = column.get(order.row(s, i));
    }
    builder.column(table.symbols().get(s), field, from, values);
  }

  private void checkSize(int[] days, RowOrder order) {
    int fields = table.columns().size();
    if (fields == 0) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, Place.name(settings.path()) + ": there is no column of numbers");
    }
    long cells = (long) order.instrumentsWithRows() * days.length;
    boolean sparse = cells * fields > SMALL_PANEL && cells / SPARSENESS > order.rows();
    if (cells > settings.panelCells() / fields || sparse) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          Place.name(settings.path())
              + ": "
              + order.rows()
              + " rows would make a panel of "
              + order.instrumentsWithRows()
              + " instruments × "
              + days.length
              + " days × "
              + fields
              + " fields"
              + (sparse ? ", nearly all of it empty; are the days of the rows right?" : "")
              + (sparse ? "" : "; the limit is " + settings.panelCells() + " cells"));
    }
  }

  /** Index of the first day that is not before the given one. */
  private static int lower(int[] days, int day) {
    int at = Arrays.binarySearch(days, day);
    return at < 0 ? -at - 1 : at;
  }
}
