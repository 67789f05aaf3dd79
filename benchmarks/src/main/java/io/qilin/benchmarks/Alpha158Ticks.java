package io.qilin.benchmarks;

import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.CrossSection;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorStream;

/**
 * All 158 features of one new day after another: the one place where benchmarks call the stream. A tick fills the row, six
 * fields of all instruments, and pushes it.
 */
final class Alpha158Ticks {
  /** Days before the first tick: all windows are full. */
  static final int HISTORY = 64;

  private static final FactorSet FACTORS = Alpha158.factors();

  private final FactorStream stream;
  private final CrossSection row;
  private final Field[] fields;
  /** By day, field and instrument. */
  private final double[][][] days;

  private int next;

  private Alpha158Ticks(FactorStream stream, Panel panel) {
    this.stream = stream;
    this.row = stream.newRow();
    this.fields = stream.fields().toArray(Field[]::new);
    this.days = new double[panel.days().size()][fields.length][panel.symbols().size()];
    for (int d = 0; d < days.length; d++) {
      for (int f = 0; f < fields.length; f++) {
        for (int i = 0; i < days[d][f].length; i++) {
          days[d][f][i] = panel.value(fields[f], i, d);
        }
      }
    }
  }

  /** Ticks over the days of a panel, again and again; the first {@value #HISTORY} days are past. */
  static Alpha158Ticks of(Panel panel) {
    Alpha158Ticks ticks =
        new Alpha158Ticks(FactorEngine.DEFAULT.stream(FACTORS, panel.symbols()), panel);
    for (int d = 0; d < HISTORY; d++) {
      ticks.next();
    }
    return ticks;
  }

  /** Takes the next day; after the last one the first again. */
  void next() {
    double[][] today = days[next];
    for (int f = 0; f < fields.length; f++) {
      System.arraycopy(today[f], 0, row.values(fields[f]), 0, today[f].length);
    }
    stream.push(row);
    next = next + 1 == days.length ? 0 : next + 1;
  }

  /** A feature of an instrument after the last tick. */
  double value(int feature, int instrument) {
    return stream.value(feature, instrument);
  }
}
