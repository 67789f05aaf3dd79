package io.qilin.examples;

import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.CrossSection;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorStream;

/**
 * The stream as {@code bench} measures it: one run fills the row of the next day, all fields of all instruments, and pushes
 * it; after the last day comes the first again. Not safe for use by several threads.
 */
final class StreamRun implements Runnable {
  private final FactorStream stream;
  private final CrossSection row;
  private final Field[] fields;
  /** By field, day and instrument. */
  private final double[][][] days;

  private int next;

  private StreamRun(FactorStream stream, Panel panel) {
    this.stream = stream;
    this.row = stream.newRow();
    this.fields = stream.fields().toArray(Field[]::new);
    int instruments = panel.symbols().size();
    this.days = new double[fields.length][panel.days().size()][instruments];
    for (int f = 0; f < fields.length; f++) {
      for (int i = 0; i < instruments; i++) {
        double[] values = panel.values(fields[f], i, 0, panel.days().size());
        for (int d = 0; d < values.length; d++) {
          days[f][d][i] = values[d];
        }
      }
    }
  }

  /** A stream that has seen nothing yet, and the days that it will be told. */
  static StreamRun of(Panel panel, FactorSet factors) {
    return new StreamRun(FactorEngine.DEFAULT.stream(factors, panel.symbols()), panel);
  }

  @Override
  public void run() {
    for (int f = 0; f < fields.length; f++) {
      double[] today = days[f][next];
      System.arraycopy(today, 0, row.values(fields[f]), 0, today.length);
    }
    stream.push(row);
    next = next + 1 == days[0].length ? 0 : next + 1;
  }
}
