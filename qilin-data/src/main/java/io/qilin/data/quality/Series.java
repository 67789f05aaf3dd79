package io.qilin.data.quality;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Arrays;

/** The rows of one instrument of a panel, from its first to its last; row 0 is day {@link #first()} of the panel. */
final class Series {
  private final Panel panel;
  private final int instrument;
  private final int first;
  private final int length;

  Series(Panel panel, int instrument) {
    this.panel = panel;
    this.instrument = instrument;
    this.first = panel.firstRow(instrument);
    this.length = panel.endRow(instrument) - first;
  }

  Symbol symbol() {
    return panel.symbols().get(instrument);
  }

  /** Index of the day of row 0 in the panel. */
  int first() {
    return first;
  }

  int length() {
    return length;
  }

  LocalDate day(int row) {
    return panel.days().get(first + row);
  }

  /** One value a row; all {@code NaN} if the panel lacks the field. */
  double[] column(Field field) {
    if (panel.has(field)) {
      return panel.values(field, instrument);
    }
    double[] unknown = new double[length];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  /**
   * Which rows exist: those with a price or with shares traded. A row that a source writes for a suspended day, without
   * price and with volume 0, does not.
   */
  boolean[] existing() {
    boolean[] exists = new boolean[length];
    for (Field field : BarFields.OHLC) {
      if (panel.has(field)) {
        double[] column = column(field);
        for (int row = 0; row < length; row++) {
          exists[row] |= !Double.isNaN(column[row]);
        }
      }
    }
    double[] volume = column(Field.VOLUME);
    for (int row = 0; row < length; row++) {
      exists[row] |= !Double.isNaN(volume[row]) && volume[row] != 0;
    }
    return exists;
  }
}
