package io.qilin.benchmarks;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import io.qilin.data.bench.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Single rolling functions over a small market by Qilin and by ta4j, in turns.
 *
 * @param size of the market
 * @param rows one for each function
 */
record KernelComparison(Size size, List<Row> rows) {
  private static final int WARM_UP = 20;
  private static final int RUNS = 5;

  /**
   * One function.
   *
   * @param kernel which
   * @param qilin timings of the whole market
   * @param ta4j timings of the whole market
   */
  record Row(RollingKernel kernel, Timings qilin, Timings ta4j) {}

  /** Measures every function in as many turns as there are rounds. */
  static KernelComparison of(Size size, int rounds, LongSupplier clock) {
    RollingPanel panel = RollingPanel.of(size);
    List<Row> rows = new ArrayList<>();
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
      rows.add(new Row(kernel, ourTurns.timings(), theirTurns.timings()));
    }
    return new KernelComparison(size, List.copyOf(rows));
  }

  /** Nanoseconds a value, medians. */
  TextTable table() {
    TextTable.Builder table = TextTable.builder()
        .column("one function, " + size)
        .column("Qilin ns a value", Align.RIGHT)
        .column("ta4j ns a value", Align.RIGHT)
        .column("× Qilin", Align.RIGHT);
    for (Row row : rows) {
      double our = row.qilin().medianMs() * 1e6 / size.cells();
      double their = row.ta4j().medianMs() * 1e6 / size.cells();
      table.row(
          row.kernel().expression(),
          NumberText.fixed(our, 1),
          NumberText.fixed(their, 1),
          NumberText.fixed(their / our, 1));
    }
    return table.build();
  }
}
