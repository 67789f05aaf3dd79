package io.qilin.benchmarks;

import io.qilin.api.market.Panel;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import io.qilin.data.bench.Machine;
import io.qilin.data.bench.MachineSpeed;
import io.qilin.data.bench.Timings;
import io.qilin.data.bench.Yardstick;
import io.qilin.data.demo.SplitMixPanel;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Qilin, DuckDB and ta4j in turns in one process, each beside the yardstick of the machine: so whatever else the machine
 * does meets all of them, and the ratios hold where the milliseconds do not.
 *
 * <pre>
 * java -Xmx6g -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.Compare
 * java -Xmx6g -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.Compare --size 64x260 --rounds 15
 * </pre>
 *
 * <p>First the values of the peers are compared with Qilin's; if they differ it ends with an error. Alpha158 by DuckDB is
 * one SQL statement whose result is a table in memory. Y is the median time to write 158 columns with plain stores.
 */
public final class Compare {
  private static final int FLOOR_PASSES = 3;

  private Compare() {}

  /**
   * Measures and prints.
   *
   * @param args {@code --size} of the panel, {@code --nan} share of suspended rows, {@code --threads} of Qilin and of
   *     DuckDB, {@code --warmup} runs of Qilin before, {@code --rounds} in which all take turns, {@code --repeat} runs of
   *     Qilin in a round, {@code --kernels} size of the market for single functions, none to leave
   *     them out, {@code --clock}
   *     wall, or cpu for the processor time of the calling thread
   */
  public static void main(String[] args) {
    Arguments arguments = Arguments.parse(
        List.of(args),
        Map.of(
            "size", "512x1024",
            "nan", "0",
            "threads", "1",
            "warmup", "10",
            "rounds", "5",
            "repeat", "3",
            "kernels", "64x1000",
            "clock", "wall"));
    LongSupplier clock = StopClock.named(arguments.text("clock"), arguments.count("threads", 1));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Agreement.check();
    MachineSpeed speed = MachineSpeed.measure(clock);
    Machine machine = Machine.current();
    out.println(machine.cpu() + ", " + machine.processors() + " processors, " + machine.jvm());
    out.println("copy " + NumberText.fixed(speed.copyGigabytes(), 1) + " GB/s, multiply-add "
        + NumberText.fixed(speed.fmaGigaflops(), 1) + " GFLOP/s, add "
        + NumberText.fixed(speed.addGigaflops(), 1) + ", divide "
        + NumberText.fixed(speed.divideGigaflops(), 1) + " GFLOP/s, one thread");
    out.print("\n" + alpha158(arguments, clock));
    String kernels = arguments.text("kernels");
    if (!kernels.equals("none")) {
      int rounds = arguments.count("rounds", 1);
      out.print("\n" + KernelComparison.of(Size.parse(kernels), rounds, clock).table());
    }
  }

  private static TextTable alpha158(Arguments arguments, LongSupplier clock) {
    Size size = Size.parse(arguments.text("size"));
    int threads = arguments.count("threads", 1);
    int repeat = arguments.count("repeat", 1);
    Panel panel = SplitMixPanel.of(size.instruments(), size.days(), arguments.share("nan"));
    try (FactorBatch qilin = FactorBatch.alpha158(panel, threads);
        DuckDbAlpha158 duckDb = DuckDbAlpha158.load(panel, threads)) {
      Yardstick yardstick = Yardstick.of(qilin.features(), size.cells(), clock);
      for (int i = arguments.count("warmup", 0); i > 0; i--) {
        qilin.compute();
      }
      duckDb.compute();
      Turns floor = new Turns();
      Turns ours = new Turns();
      Turns theirs = new Turns();
      for (int round = arguments.count("rounds", 1); round > 0; round--) {
        floor.add(yardstick.writes(FLOOR_PASSES));
        ours.add(Timings.measure(repeat, clock, qilin::compute));
        theirs.add(Timings.measure(1, clock, duckDb::compute));
      }
      String what = "Alpha158 " + size + ", " + threads + (threads == 1 ? " thread" : " threads")
          + ", " + arguments.text("clock") + " time";
      double y = floor.timings().medianMs();
      double qilinMs = ours.timings().medianMs();
      return TextTable.builder()
          .column(what)
          .column("runs", Align.RIGHT)
          .column("median ms", Align.RIGHT)
          .column("min ms", Align.RIGHT)
          .column("× Y", Align.RIGHT)
          .column("× Qilin", Align.RIGHT)
          .row(cells("Y: write " + yardstick.bytes() / 1_000_000 + " MB", floor, y, ""))
          .row(cells("Qilin", ours, y, "1.00"))
          .row(cells(
              "DuckDB", theirs, y, NumberText.fixed(theirs.timings().medianMs() / qilinMs, 2)))
          .build();
    }
  }

  private static String[] cells(String name, Turns turns, double y, String toQilin) {
    Timings timings = turns.timings();
    return new String[] {
      name,
      Integer.toString(timings.count()),
      NumberText.fixed(timings.medianMs(), 2),
      NumberText.fixed(timings.minMs(), 2),
      NumberText.fixed(timings.medianMs() / y, 1),
      toQilin
    };
  }
}
