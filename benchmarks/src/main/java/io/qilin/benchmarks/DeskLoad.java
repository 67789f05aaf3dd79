package io.qilin.benchmarks;

import io.qilin.agents.desk.DeskResult;
import io.qilin.agents.desk.ResearchDesk;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * How do many runs of a desk at once behave: total time, mean and tail of a run?
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.DeskLoad [SHARES RUNS ROUNDS]
 * </pre>
 *
 * <p>All runs are handed over at once, so that a run's time counts from then on and holds its wait for
 * a processor. The first round warms up and is not counted.
 */
public final class DeskLoad {
  private DeskLoad() {}

  /**
   * Measures and prints one line a round.
   *
   * @param args shares, runs at once and rounds; 300, 100 and 5 unless given
   * @throws ExecutionException if a run fails
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws ExecutionException, InterruptedException {
    int shares = args.length > 0 ? Integer.parseInt(args[0]) : 300;
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    DeskMarket market = DeskMarket.of(shares, true);
    ResearchDesk desk = DeskMarket.desk().build();
    ExecutorService pool = Executors.newFixedThreadPool(runs);
    try {
      for (int round = 0; round <= rounds; round++) {
        String line = round(market, desk, pool, runs);
        if (round > 0) {
          out.println(shares + " shares, " + runs + " runs: " + line);
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static String round(DeskMarket market, ResearchDesk desk, ExecutorService pool, int runs)
      throws ExecutionException, InterruptedException {
    Histogram micros = new Histogram(3);
    long cpu = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
    long start = System.nanoTime();
    Callable<DeskResult> task = () -> {
      DeskResult result = desk.run(market.snapshot(), market.session());
      synchronized (micros) {
        micros.recordValue((System.nanoTime() - start) / 1000);
      }
      return result;
    };
    List<Future<DeskResult>> all = new ArrayList<>();
    for (int k = 0; k < runs; k++) {
      all.add(pool.submit(task));
    }
    int recommended = 0;
    for (Future<DeskResult> one : all) {
      recommended += one.get().recommendations().size();
    }
    long total = System.nanoTime() - start;
    long used = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getProcessCpuTime()
        - cpu;
    return "total " + total / 1_000_000 + " ms, processor " + used / 1_000_000 + " ms, mean "
        + Math.round(micros.getMean() / 1000) + " ms, P95 "
        + micros.getValueAtPercentile(95) / 1000 + " ms, recommended " + recommended;
  }
}
