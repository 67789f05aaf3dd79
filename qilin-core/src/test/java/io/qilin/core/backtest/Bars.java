package io.qilin.core.backtest;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Small panels written out in a test: Tuesday 2024-01-02 and the days after. */
final class Bars {
  static final Symbol A = Symbol.parse("600000.SH");
  static final Symbol B = Symbol.parse("600036.SH");
  static final Symbol STAR = Symbol.parse("688001.SH");
  static final LocalDate[] DAYS = {
    LocalDate.of(2024, 1, 2),
    LocalDate.of(2024, 1, 3),
    LocalDate.of(2024, 1, 4),
    LocalDate.of(2024, 1, 5),
    LocalDate.of(2024, 1, 8)
  };

  private final Panel.Builder panel;

  private Bars(int days, Adjustment adjustment) {
    panel = Panel.builder(List.of(Arrays.copyOf(DAYS, days)), adjustment);
  }

  static Bars adjusted(int days) {
    return new Bars(days, Adjustment.BACKWARD);
  }

  static Bars raw(int days) {
    return new Bars(days, Adjustment.RAW);
  }

  Bars column(Symbol symbol, Field field, double... values) {
    panel.column(symbol, field, 0, values);
    return this;
  }

  /** A column that begins on a later day. */
  Bars from(int day, Symbol symbol, Field field, double... values) {
    panel.column(symbol, field, day, values);
    return this;
  }

  /** Closes with a factor of 1 on every day. */
  Bars closes(Symbol symbol, double... closes) {
    double[] ones = new double[closes.length];
    Arrays.fill(ones, 1);
    return column(symbol, Field.CLOSE, closes).column(symbol, Field.FACTOR, ones);
  }

  Panel build() {
    return panel.build();
  }
}
