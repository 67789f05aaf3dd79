package io.qilin.benchmarks;

import io.qilin.api.factor.FactorSet;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import io.qilin.data.bench.Timings;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Single rolling functions over one series by Qilin and by ta4j, in turns.
 *
 * @param days of the series
 * @param qilin timings of the whole series
 * @param ta4j timings of the whole series
 */
record KernelComparison(
    int days, Map<RollingKernel, Timings> qilin, Map<RollingKernel, Timings> ta4j) {
  /** Runs of each in a turn; the first turn is for warming up. */
  private static final int RUNS = 5;

  /** Measures every function in as many turns as there are rounds. */
  static KernelComparison of(int days, int rounds, LongSupplier clock) {
    RollingSeries series = RollingSeries.of(days);
    Map<RollingKernel, Timings> qilin = new EnumMap<>(RollingKernel.class);
    Map<RollingKernel, Timings> ta4j = new EnumMap<>(RollingKernel.class);
    for (RollingKernel kernel : RollingKernel.values()) {
      FactorSet factors = kernel.factors();
      Turns ours = new Turns();
      Turns theirs = new Turns();
      for (int round = 0; round <= rounds; round++) {
        Timings our = Timings.measure(RUNS, clock, () -> series.qilin(factors));
        Timings their = Timings.measure(RUNS, clock, () -> series.ta4j(kernel));
        if (round > 0) {
          ours.add(our);
          theirs.add(their);
        }
      }
      qilin.put(kernel, ours.timings());
      ta4j.put(kernel, theirs.timings());
    }
    return new KernelComparison(days, qilin, ta4j);
  }

  /** Nanoseconds a value, medians. */
  TextTable table() {
    TextTable.Builder table = TextTable.builder()
        .column("one function, one series of " + days)
        .column("Qilin ns a value", Align.RIGHT)
        .column("ta4j ns a value", Align.RIGHT)
        .column("× Qilin", Align.RIGHT);
    qilin.forEach((kernel, ours) -> {
      double our = ours.medianMs() * 1e6 / days;
      double their = ta4j.get(kernel).medianMs() * 1e6 / days;
      table.row(
          kernel.expression(),
          NumberText.fixed(our, 1),
          NumberText.fixed(their, 1),
          NumberText.fixed(their / our, 1));
    });
    return table.build();
  }
}
