package io.qilin.api.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Days × columns × instruments of doubles, one day after the other; what factor and label tables share. */
final class ColumnStore {
  /**
   * Days share arrays of up to 32 MiB: collectors leave so large ones where they are. Smaller ones are copied by each young
   * collection while a table is made, which took as long as all of the first computation's allocation.
   */
  private static final int ARRAY_CELLS = (1 << 22) - 8;

  final List<String> names;
  final List<Symbol> symbols;
  final List<LocalDate> days;
  /** Some days each, one after the other; within a day one column after the other, one value an instrument. */
  private final double[][] cells;

  private final int width;
  private final int daySize;
  /** Days of one array. */
  private final int stretch;

  /** Cells of 0, over so many days; which days they are may change. */
  ColumnStore(List<String> names, List<Symbol> symbols, List<LocalDate> days) {
    this.names = List.copyOf(names);
    this.symbols = symbols;
    this.days = days;
    this.width = symbols.size();
    long day = (long) names.size() * width;
    if (day > Integer.MAX_VALUE - 8) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          names.size() + " columns × " + width + " instruments are too many for one table; compute"
              + " fewer columns at a time");
    }
    checkHeap(day * days.size());
    this.daySize = (int) day;
    this.stretch = Math.max(1, ARRAY_CELLS / Math.max(1, daySize));
    this.cells = new double[Math.toIntExact((days.size() + stretch - 1L) / stretch)][];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new double[Math.min(stretch, days.size() - i * stretch) * daySize];
    }
  }

  /** Refuses before anything is taken what the heap can never hold. */
  private void checkHeap(long cellCount) {
    long most = Runtime.getRuntime().maxMemory();
    if (cellCount > most / Double.BYTES) {
      throw new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED,
          names.size() + " columns × " + width + " instruments × " + days.size() + " days need "
              + cellCount / (1 << 17) + " MiB, the heap has at most " + (most >> 20)
              + "; take fewer days at a time, or give Java more with -Xmx");
    }
  }

  private ColumnStore(ColumnStore other, List<LocalDate> days) {
    this.names = other.names;
    this.symbols = other.symbols;
    this.days = days;
    this.width = other.width;
    this.daySize = other.daySize;
    this.stretch = other.stretch;
    this.cells = other.cells;
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
    for (double[] stretch : store.cells) {
      Arrays.fill(stretch, Double.NaN);
    }
    return store;
  }

  /** Writes a run of days of one instrument. */
  void write(int column, int instrument, int day, double[] values, int offset, int length) {
    Objects.checkFromIndexSize(day, length, days.size());
    int place = place(column, instrument);
    for (int i = 0; i < length; i++) {
      cells[(day + i) / stretch][start(day + i) + place] = values[offset + i];
    }
  }

  /** Writes a run of instruments of one day. */
  void writeRow(int column, int day, int instrument, double[] values, int offset, int length) {
    Objects.checkFromIndexSize(instrument, length, width);
    System.arraycopy(
        values,
        offset,
        cells[day / stretch],
        start(day) + Objects.checkIndex(column, names.size()) * width + instrument,
        length);
  }

  /** Where a day begins in its array. */
  private int start(int day) {
    return day % stretch * daySize;
  }

  private int place(int column, int instrument) {
    return Objects.checkIndex(column, names.size()) * width + Objects.checkIndex(instrument, width);
  }

  double value(int column, int instrument, int day) {
    Objects.checkIndex(day, days.size());
    return cells[day / stretch][start(day) + place(column, instrument)];
  }

  double[] crossSection(int column, int day) {
    double[] out = new double[width];
    crossSection(column, day, out);
    return out;
  }

  void crossSection(int column, int day, double[] to) {
    Objects.checkIndex(day, days.size());
    int from = start(day) + Objects.checkIndex(column, names.size()) * width;
    System.arraycopy(cells[day / stretch], from, to, 0, width);
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
