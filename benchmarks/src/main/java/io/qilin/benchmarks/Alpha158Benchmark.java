package io.qilin.benchmarks;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.market.Panel;
import io.qilin.data.demo.SplitMixPanel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does Alpha158 take over a whole panel?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar Alpha158Benchmark -prof gc
 * java -jar benchmarks/target/benchmarks.jar Alpha158Benchmark -p size=64x260 -p nan=0 -p threads=1
 * </pre>
 *
 * <p>The last figures are in {@code docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class Alpha158Benchmark {
  /** Instruments × days of the panel. */
  @Param({"64x260", "512x1024", "4096x256"})
  public String size = "";

  /** Share of rows that are not known. */
  @Param({"0", "0.02"})
  public double nan;

  /** Threads that compute. */
  @Param({"1", "2"})
  public int threads;

  private FactorBatch batch = FactorBatch.alpha158(SplitMixPanel.dense(1, 1), 1);

  /** For JMH. */
  public Alpha158Benchmark() {}

  /** Makes the panel. */
  @Setup
  public void makePanel() {
    Size asked = Size.parse(size);
    Panel panel = SplitMixPanel.of(asked.instruments(), asked.days(), nan);
    batch.close();
    batch = FactorBatch.alpha158(panel, threads);
  }

  /** Ends the threads. */
  @TearDown
  public void endThreads() {
    batch.close();
  }

  /** Computes all factors on all days. */
  @Benchmark
  public FactorBlock alpha158() {
    return batch.compute();
  }
}
