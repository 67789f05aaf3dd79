package io.qilin.benchmarks;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.demo.SplitMixPanel;
import java.util.List;
import java.util.stream.IntStream;
import org.ta4j.core.BarSeries;

/** A small market, ready for both libraries: the one place where benchmarks compute a single rolling function. */
final class RollingPanel {
  private final Panel panel;
  private final List<BarSeries> bars;

  private RollingPanel(Panel panel, List<BarSeries> bars) {
    this.panel = panel;
    this.bars = bars;
  }

  /** A dense panel, and the same as one series of ta4j for each instrument. */
  static RollingPanel of(Size size) {
    Panel panel = SplitMixPanel.dense(size.instruments(), size.days());
    List<BarSeries> bars = IntStream.range(0, size.instruments())
        .mapToObj(instrument -> Ta4jSeries.of(panel, instrument))
        .toList();
    return new RollingPanel(panel, bars);
  }

  /** A block for the values of a set. */
  FactorBlock block(FactorSet factors) {
    return FactorBlock.of(factors.names(), panel.symbols(), panel.days().size());
  }

  /** Qilin's values, from the text of the expression on. */
  FactorBlock qilin(FactorSet factors, FactorBlock block) {
    FactorEngine.DEFAULT.compute(panel, factors, block);
    return block;
  }

  /** ta4j's values, with new indicators, written to one array a series. */
  double[][] ta4j(RollingKernel kernel, double[][] values) {
    for (int i = 0; i < values.length; i++) {
      Ta4jSeries.copy(kernel.indicator(bars.get(i)), values[i]);
    }
    return values;
  }

  /** Room for the values of ta4j. */
  double[][] values() {
    return new double[panel.symbols().size()][panel.days().size()];
  }
}
