package io.qilin.benchmarks;

import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.demo.SplitMixPanel;
import java.time.LocalDate;

/**
 * All 158 features of one new day after another: the one place where benchmarks ask the engine for ticks. Each tick
 * computes the day anew from the rows before it.
 */
final class Alpha158Ticks {
  /** Days before the first tick: all windows are full. */
  private static final int HISTORY = 64;

  private static final int DAYS = 128;
  private static final FactorSet FACTORS = Alpha158.factors();

  private final Panel panel;
  private int day = HISTORY;

  private Alpha158Ticks(Panel panel) {
    this.panel = panel;
  }

  /** Ticks over the dense panel of so many instruments. */
  static Alpha158Ticks of(int instruments) {
    return new Alpha158Ticks(SplitMixPanel.dense(instruments, DAYS));
  }

  /** Computes the next day; after the last one the first again. */
  FactorTable next() {
    LocalDate today = panel.days().get(day);
    day = day + 1 == DAYS ? HISTORY : day + 1;
    return FactorEngine.DEFAULT.compute(panel, FACTORS, today, today);
  }
}
