package io.qilin.data.internal.bars;

import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.source.BarQuery;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The rows that answer a query, instrument by instrument in the order of their days. */
final class RowOrder {
  private final BarTable table;
  private final int[] rows;
  private final int[] starts;
  private final int[] sizes;

  private RowOrder(BarTable table, int[] rows, int[] starts, int[] sizes) {
    this.table = table;
    this.rows = rows;
    this.starts = starts;
    this.sizes = sizes;
  }

  /** The rows in the order of the files. */
  static RowOrder of(BarTable table, BarQuery query) {
    int instruments = table.symbols().size();
    long from = query.from().map(day -> day.toEpochDay()).orElse(Long.MIN_VALUE);
    long[] to = new long[instruments];
    for (int s = 0; s < instruments; s++) {
      Symbol symbol = table.symbols().get(s);
      boolean wanted = query.symbols().isEmpty() || query.symbols().contains(symbol);
      to[s] = wanted ? lastDay(query, symbol) : Long.MIN_VALUE;
    }
    IntPredicate accepted =
        row -> table.epochDay(row) >= from && table.epochDay(row) <= to[table.symbolNumber(row)];
    int[] sizes = new int[instruments];
    int all = 0;
    for (int row = 0; row < table.rows(); row++) {
      if (accepted.test(row)) {
        sizes[table.symbolNumber(row)]++;
        all++;
      }
    }
    int[] starts = new int[instruments];
    for (int s = 1; s < instruments; s++) {
      starts[s] = starts[s - 1] + sizes[s - 1];
    }
    int[] rows = new int[all];
    int[] next = starts.clone();
    for (int row = 0; row < table.rows(); row++) {
      if (accepted.test(row)) {
        rows[next[table.symbolNumber(row)]++] = row;
      }
    }
    return new RowOrder(table, rows, starts, sizes);
  }

  /** The last day since 1970-01-01 that an instrument may have in the answer. */
  static long lastDay(BarQuery query, Symbol symbol) {
    return query.lastDay(symbol).map(LocalDate::toEpochDay).orElse(Long.MAX_VALUE);
  }

  /** How many instruments the table has, also those without a row here. */
  int instruments() {
    return sizes.length;
  }

  int instrumentsWithRows() {
    return (int) Arrays.stream(sizes).filter(size -> size > 0).count();
  }

  int rows() {
    return Arrays.stream(sizes).sum();
  }

  int size(int instrument) {
    return sizes[instrument];
  }

  int row(int instrument, int at) {
    return rows[starts[instrument] + at];
  }

  boolean holds(Symbol symbol) {
    int at = table.symbolIndex().find(symbol);
    return at >= 0 && sizes[at] > 0;
  }

  /** Keeps only some rows of an instrument. */
  void keep(int instrument, IntPredicate kept) {
    int start = starts[instrument];
    int n = 0;
    for (int i = 0; i < sizes[instrument]; i++) {
      int row = rows[start + i];
      if (kept.test(row)) {
        rows[start + n++] = row;
      }
    }
    sizes[instrument] = n;
  }

  /** Sorts each instrument's rows by day and leaves out all but the first row of a day. */
  void sortAndMerge(FindingLog log) {
    for (int s = 0; s < sizes.length; s++) {
      if (!ascending(s)) {
        noteOrder(s, log);
        sort(s);
      }
      merge(s, log);
    }
  }

  private boolean ascending(int s) {
    for (int i = 1; i < sizes[s]; i++) {
      if (table.epochDay(row(s, i)) < table.epochDay(row(s, i - 1))) {
        return false;
      }
    }
    return true;
  }

  /** Newest first is a way of writing a file; any other disorder is worth a look. */
  private void noteOrder(int s, FindingLog log) {
    int first = -1;
    boolean newestFirst = true;
    for (int i = 1; i < sizes[s]; i++) {
      int step = Integer.compare(table.epochDay(row(s, i)), table.epochDay(row(s, i - 1)));
      newestFirst &= step <= 0;
      first = first < 0 && step < 0 ? row(s, i) : first;
    }
    if (log.keeps("decreasing-dates")) {
      log.row(
          "decreasing-dates",
          QualityDimension.CONSISTENCY,
          newestFirst ? QualitySeverity.INFO : QualitySeverity.WARNING,
          table.symbol(first),
          table.day(first),
          Optional.empty(),
          Double.NaN,
          table.place(first)
              + ": the day is before that of the row above"
              + (newestFirst ? ", as in all rows of the instrument" : "")
              + "; the rows were sorted");
    }
  }

  private void sort(int s) {
    int start = starts[s];
    long[] keys = new long[sizes[s]];
    for (int i = 0; i < keys.length; i++) {
      int row = rows[start + i];
      keys[i] = (long) table.epochDay(row) << 32 | row;
    }
    Arrays.sort(keys);
    for (int i = 0; i < keys.length; i++) {
      rows[start + i] = (int) keys[i];
    }
  }

  private void merge(int s, FindingLog log) {
    int[] previous = {-1};
    keep(s, row -> {
      boolean repeated = previous[0] >= 0 && table.epochDay(previous[0]) == table.epochDay(row);
      if (repeated) {
        noteRepeat(previous[0], row, log);
      } else {
        previous[0] = row;
      }
      return !repeated;
    });
  }

  private void noteRepeat(int first, int row, FindingLog log) {
    for (Map.Entry<Field, DoubleCells> column : table.columns().entrySet()) {
      double kept = column.getValue().get(first);
      double other = column.getValue().get(row);
      if (Double.doubleToLongBits(kept) != Double.doubleToLongBits(other)) {
        noteConflict(first, row, column.getKey(), kept, other, log);
        return;
      }
    }
    log.row(
        "duplicate-row",
        QualityDimension.UNIQUENESS,
        QualitySeverity.WARNING,
        table.symbol(row),
        table.day(row),
        Optional.empty(),
        Double.NaN,
        log.keeps("duplicate-row")
            ? table.place(row) + ": the row repeats " + table.place(first) + " and was left out"
            : "");
  }

  private void noteConflict(
      int first, int row, Field field, double kept, double other, FindingLog log) {
    log.row(
        "conflicting-row",
        QualityDimension.UNIQUENESS,
        QualitySeverity.CRITICAL,
        table.symbol(row),
        table.day(row),
        Optional.of(field),
        other,
        log.keeps("conflicting-row")
            ? table.place(row)
                + ": "
                + field
                + " is "
                + other
                + ", but "
                + kept
                + " in "
                + table.place(first)
                + " for the same instrument and day; the first was kept"
            : "");
  }
}
