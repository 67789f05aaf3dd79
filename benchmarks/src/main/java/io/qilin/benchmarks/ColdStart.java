package io.qilin.benchmarks;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.market.Panel;
import io.qilin.core.report.NumberText;
import io.qilin.data.demo.SplitMixPanel;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/**
 * The time from the start of the JVM to the first result of Alpha158, panel included; run it as a process of its own.
 *
 * <pre>
 * time java -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.ColdStart --size 300x1200
 * </pre>
 *
 * <p>The clock starts when the JVM notes its start time, some 10 ms after the process; {@code time} shows the rest.
 */
public final class ColdStart {
  private ColdStart() {}

  /**
   * Makes a panel, computes once, prints one value and the times.
   *
   * @param args {@code --size} of the panel, {@code --nan} share of suspended rows, {@code --threads}
   */
  public static void main(String[] args) {
    long main = System.nanoTime();
    Arguments arguments =
        Arguments.parse(List.of(args), Map.of("size", "300x1200", "nan", "0", "threads", "1"));
    Size size = Size.parse(arguments.text("size"));
    Panel panel = SplitMixPanel.of(size.instruments(), size.days(), arguments.share("nan"));
    long made = System.nanoTime();
    double value;
    try (FactorBatch batch = FactorBatch.alpha158(panel, arguments.count("threads", 1))) {
      FactorBlock block = batch.compute();
      value = block.value(batch.features() - 1, size.instruments() - 1, size.days() - 1);
    }
    long done = System.nanoTime();
    long now = System.currentTimeMillis();
    double before = now - ManagementFactory.getRuntimeMXBean().getStartTime() - (done - main) / 1e6;
    System.out.println("size " + size + ", last value " + value);
    System.out.println(
        "start of the JVM " + millis(before) + ", panel " + millis((made - main) / 1e6)
            + ", first result " + millis((done - made) / 1e6) + ", in all "
            + millis(before + (done - main) / 1e6));
  }

  private static String millis(double millis) {
    return NumberText.fixed(millis, 0) + " ms";
  }
}
