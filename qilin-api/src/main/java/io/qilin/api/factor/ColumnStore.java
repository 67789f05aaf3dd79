package io.qilin.api.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Columns × days × instruments of doubles, one day after the other; what factor and label tables share. */
final class ColumnStore {
  final List<String> names;
  final List<Symbol> symbols;
  final List<LocalDate> days;
  private final double[][] columns;

  /** Cells of 0, over so many days; which days they are may change. */
  ColumnStore(List<String> names, List<Symbol> symbols, List<LocalDate> days) {
    this.names = List.copyOf(names);
    this.symbols = symbols;
    this.days = days;
    long cells = (long) symbols.size() * days.size();
    if (cells > Integer.MAX_VALUE - 8) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          symbols.size() + " instruments × " + days.size() + " days is too large a table; compute it"
              + " in blocks of days");
    }
    columns = new double[names.size()][(int) cells];
  }

  private ColumnStore(ColumnStore cells, List<LocalDate> days) {
    this.names = cells.names;
    this.symbols = cells.symbols;
    this.days = days;
    this.columns = cells.columns;
  }

  /** The same cells, for other days. */
  ColumnStore of(List<LocalDate> others) {
    return new ColumnStore(this, List.copyOf(others));
  }

  /** Cells of {@code NaN} over the days {@code [fromDay, toDay)} of a panel. */
  static ColumnStore empty(List<String> names, Panel panel, int fromDay, int toDay) {
    Objects.checkFromToIndex(fromDay, toDay, panel.days().size());
    ColumnStore store =
        new ColumnStore(names, panel.symbols(), panel.days().subList(fromDay, toDay));
    for (double[] column : store.columns) {
      Arrays.fill(column, Double.NaN);
    }
    return store;
  }

  /** Writes a run of days of one instrument. */
  void write(int column, int instrument, int day, double[] values, int offset, int length) {
    Objects.checkFromIndexSize(day, length, days.size());
    Objects.checkIndex(instrument, symbols.size());
    double[] cells = columns[column];
    for (int i = 0; i < length; i++) {
      cells[(day + i) * symbols.size() + instrument] = values[offset + i];
    }
  }

  /** Writes a run of instruments of one day. */
  void writeRow(int column, int day, int instrument, double[] values, int offset, int length) {
    Objects.checkIndex(day, days.size());
    Objects.checkFromIndexSize(instrument, length, symbols.size());
    System.arraycopy(values, offset, columns[column], day * symbols.size() + instrument, length);
  }

  double value(int column, int instrument, int day) {
    Objects.checkIndex(day, days.size());
    Objects.checkIndex(instrument, symbols.size());
    return columns[column][day * symbols.size() + instrument];
  }

  double[] crossSection(int column, int day) {
    double[] out = new double[symbols.size()];
    crossSection(column, day, out);
    return out;
  }

  void crossSection(int column, int day, double[] to) {
    Objects.checkIndex(day, days.size());
    System.arraycopy(columns[column], day * symbols.size(), to, 0, symbols.size());
  }

  int indexOf(String name) {
    int at = names.indexOf(name);
    if (at < 0) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "no column is named " + QilinException.quote(name) + "; there are " + names);
    }
    return at;
  }
}
