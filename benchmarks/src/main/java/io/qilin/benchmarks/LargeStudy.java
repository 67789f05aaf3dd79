package io.qilin.benchmarks;

import io.qilin.api.market.Panel;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorStudy;
import io.qilin.core.factor.StudyResult;
import io.qilin.core.factor.StudySettings;
import io.qilin.core.report.NumberText;
import io.qilin.data.demo.SplitMixPanel;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A study of Alpha158 over the whole market in one call: how long it takes, and how much memory.
 *
 * <pre>
 * java -Xmx4g -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.LargeStudy --size 5000x2500
 * </pre>
 *
 * <p>Last figures: docs/benchmarks.md.
 */
public final class LargeStudy {
  private static final double MIB = 1 << 20;

  private LargeStudy() {}

  /**
   * Makes a panel, studies its 158 factors, prints times, memory, and one figure.
   *
   * @param args {@code --size} of the panel, {@code --nan} share of suspended rows, {@code --threads}, {@code --memory} for
   *     values of factors in MiB
   */
  public static void main(String[] args) {
    Arguments arguments = Arguments.parse(
        List.of(args), Map.of("size", "5000x2500", "nan", "0.02", "threads", "2", "memory", "256"));
    Size size = Size.parse(arguments.text("size"));
    long start = System.nanoTime();
    Panel panel = SplitMixPanel.of(size.instruments(), size.days(), arguments.share("nan"));
    long made = System.nanoTime();
    StudyResult result =
        study(panel, arguments.count("threads", 1), (long) (arguments.count("memory", 1) * MIB));
    long done = System.nanoTime();
    FactorStudy last = result.factors().get(result.factors().size() - 1);
    System.out.println(result.factors().size() + " factors, " + size + ": panel "
        + seconds(made - start) + ", study " + seconds(done - made) + ", processor "
        + processor() + ", most heap "
        + NumberText.fixed(mostHeap() / MIB, 0) + " MiB");
    System.out.println(last.name() + ": " + last.days().size() + " days, rank IC " + last.rankIc()
        + ", coverage " + last.coverage());
  }

  private static StudyResult study(Panel panel, int threads, long memory) {
    ExecutorService helpers = Executors.newFixedThreadPool(Math.max(1, threads - 1));
    try {
      FactorEngine.Builder engine = FactorEngine.builder();
      StudySettings.Builder settings =
          StudySettings.builder().horizons(1, 5, 10, 20).groups(10).memory(memory);
      if (threads > 1) {
        engine.executor(helpers);
        settings.executor(helpers);
      }
      return FactorStudy.all(engine.build(), panel, Alpha158.factors(), settings.build());
    } finally {
      helpers.shutdown();
    }
  }

  /** The most of each part of the heap, garbage included; together not less than the most of the whole. */
  private static double mostHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
        .sum();
  }

  /** Of all threads since the start of the JVM, compiler and collector among them. */
  private static String processor() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(time -> seconds(time.toNanos()))
        .orElse("not known");
  }

  private static String seconds(long nanos) {
    return NumberText.fixed(nanos / 1e9, 1) + " s";
  }
}
