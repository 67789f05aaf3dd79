package io.qilin.benchmarks;

import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.demo.SplitMixPanel;
import org.ta4j.core.BarSeries;

/** One long series, ready for both libraries: the one place where benchmarks compute a single rolling function. */
final class RollingSeries {
  private final Panel panel;
  private final BarSeries bars;

  private RollingSeries(Panel panel, BarSeries bars) {
    this.panel = panel;
    this.bars = bars;
  }

  /** A series of so many days. */
  static RollingSeries of(int days) {
    Panel panel = SplitMixPanel.dense(1, days);
    return new RollingSeries(panel, Ta4jSeries.of(panel));
  }

  /** Qilin's values, from the text of the expression on. */
  FactorTable qilin(FactorSet factors) {
    return FactorEngine.DEFAULT.compute(panel, factors);
  }

  /** ta4j's values, with a new indicator. */
  double[] ta4j(RollingKernel kernel) {
    return Ta4jSeries.values(kernel.indicator(bars));
  }
}
