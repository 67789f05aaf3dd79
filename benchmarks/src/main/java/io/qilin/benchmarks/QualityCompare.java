package io.qilin.benchmarks;

import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import io.qilin.data.bench.Timings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * Qilin's quality engine and DuckDB in turns in one process over the table of {@link QualityBenchmark}, so that whatever
 * else the machine does meets both. The answers are compared with the right ones first.
 *
 * <pre>
 * java -Xmx6g -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.QualityCompare --keys scattered
 * </pre>
 */
public final class QualityCompare {
  private QualityCompare() {}

  /**
   * Measures and prints.
   *
   * @param args {@code --keys} sorted or scattered, {@code --threads}, {@code --warmup} runs of Qilin before, {@code
   *     --rounds} in which both take turns, {@code --repeat} runs of Qilin in a round, {@code --duckdb} 0 to leave it out
   */
  public static void main(String[] args) {
    Arguments arguments = Arguments.parse(
        List.of(args),
        Map.of(
            "keys", "sorted",
            "threads", "1",
            "warmup", "15",
            "rounds", "3",
            "repeat", "5",
            "duckdb", "1"));
    int threads = arguments.count("threads", 1);
    LongSupplier clock = StopClock.named("wall", threads);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    QualityTable table = arguments.text("keys").equals("scattered")
        ? QualityTable.scattered()
        : QualityTable.sorted();
    ExecutorService executor = Executors.newCachedThreadPool();
    boolean peer = arguments.count("duckdb", 0) > 0;
    try (DuckDbQuality duckDb = DuckDbQuality.load(peer ? table.batches() : List.of(), threads)) {
      QualityTable.check(table.judge(executor, threads));
      if (peer) {
        QualityTable.check(duckDb.judge(), "DuckDB");
      }
      for (int i = arguments.count("warmup", 0); i > 0; i--) {
        table.judge(executor, threads);
      }
      Turns ours = new Turns();
      Turns theirs = new Turns();
      for (int round = arguments.count("rounds", 1); round > 0; round--) {
        ours.add(Timings.measure(
            arguments.count("repeat", 1), clock, () -> table.judge(executor, threads)));
        theirs.add(Timings.measure(1, clock, () -> {
          if (peer) {
            duckDb.judge();
          }
        }));
      }
      double base = ours.timings().medianMs();
      out.print(TextTable.builder()
          .column("five checks, " + arguments.text("keys") + ", threads " + threads)
          .column("runs", Align.RIGHT)
          .column("median ms", Align.RIGHT)
          .column("min ms", Align.RIGHT)
          .column("× Qilin", Align.RIGHT)
          .row(cells("Qilin", ours.timings(), base))
          .row(cells("DuckDB", theirs.timings(), base))
          .build());
    } finally {
      executor.shutdown();
    }
  }

  private static String[] cells(String name, Timings timings, double base) {
    return new String[] {
      name,
      Integer.toString(timings.count()),
      NumberText.fixed(timings.medianMs(), 1),
      NumberText.fixed(timings.minMs(), 1),
      NumberText.fixed(timings.medianMs() / base, 1)
    };
  }
}
