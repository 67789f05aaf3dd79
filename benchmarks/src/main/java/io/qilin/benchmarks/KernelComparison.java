package io.qilin.benchmarks;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import io.qilin.data.bench.Timings;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Single rolling functions over a small market by Qilin and by ta4j, in turns.
 *
 * @param size of the market
 * @param qilin timings of the whole market
 * @param ta4j timings of the whole market
 */
record KernelComparison(
    Size size, Map<RollingKernel, Timings> qilin, Map<RollingKernel, Timings> ta4j) {
  private static final int WARM_UP = 20;
  private static final int RUNS = 5;

  /** Measures every function in as many turns as there are rounds. */
  static KernelComparison of(Size size, int rounds, LongSupplier clock) {
    RollingPanel panel = RollingPanel.of(size);
    Map<RollingKernel, Timings> qilin = new EnumMap<>(RollingKernel.class);
    Map<RollingKernel, Timings> ta4j = new EnumMap<>(RollingKernel.class);
    for (RollingKernel kernel : RollingKernel.values()) {
      FactorSet factors = kernel.factors();
      FactorBlock block = panel.block(factors);
      double[][] values = panel.values();
      Runnable ours = () -> panel.qilin(factors, block);
      Runnable theirs = () -> panel.ta4j(kernel, values);
      Timings.measure(WARM_UP, clock, ours);
      Timings.measure(WARM_UP, clock, theirs);
      Turns ourTurns = new Turns();
      Turns theirTurns = new Turns();
      for (int round = 0; round < rounds; round++) {
        ourTurns.add(Timings.measure(RUNS, clock, ours));
        theirTurns.add(Timings.measure(RUNS, clock, theirs));
      }
      qilin.put(kernel, ourTurns.timings());
      ta4j.put(kernel, theirTurns.timings());
    }
    return new KernelComparison(size, qilin, ta4j);
  }

  /** Nanoseconds a value, medians. */
  TextTable table() {
    TextTable.Builder table = TextTable.builder()
        .column("one function, " + size)
        .column("Qilin ns a value", Align.RIGHT)
        .column("ta4j ns a value", Align.RIGHT)
        .column("× Qilin", Align.RIGHT);
    qilin.forEach((kernel, ours) -> {
      double our = ours.medianMs() * 1e6 / size.cells();
      double their = ta4j.get(kernel).medianMs() * 1e6 / size.cells();
      table.row(
          kernel.expression(),
          NumberText.fixed(our, 1),
          NumberText.fixed(their, 1),
          NumberText.fixed(their / our, 1));
    });
    return table.build();
  }
}
