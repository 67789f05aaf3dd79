package io.qilin.api.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Columns × instruments × days of doubles over a stretch of a panel; what factor and label tables share. */
final class ColumnStore {
  final List<String> names;
  final List<Symbol> symbols;
  final List<LocalDate> days;
  private final double[][] columns;

  ColumnStore(List<String> names, Panel panel, int fromDay, int toDay) {
    Objects.checkFromToIndex(fromDay, toDay, panel.days().size());
    this.names = List.copyOf(names);
    this.symbols = panel.symbols();
    this.days = panel.days().subList(fromDay, toDay);
    long cells = (long) symbols.size() * days.size();
    if (cells > Integer.MAX_VALUE - 8) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          symbols.size() + " instruments × " + days.size() + " days is too large a table");
    }
    columns = new double[names.size()][(int) cells];
    for (double[] column : columns) {
      Arrays.fill(column, Double.NaN);
    }
  }

  void write(int column, int instrument, int day, double[] values, int offset, int length) {
    Objects.checkFromIndexSize(day, length, days.size());
    System.arraycopy(values, offset, columns[column], instrument * days.size() + day, length);
  }

  double value(int column, int instrument, int day) {
    Objects.checkIndex(day, days.size());
    return columns[column][instrument * days.size() + day];
  }

  double[] crossSection(int column, int day) {
    Objects.checkIndex(day, days.size());
    double[] out = new double[symbols.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = columns[column][i * days.size() + day];
    }
    return out;
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
