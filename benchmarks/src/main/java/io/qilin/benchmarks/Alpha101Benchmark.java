package io.qilin.benchmarks;

import io.qilin.api.factor.FactorBlock;
import io.qilin.core.factor.Alpha101;
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
 * How long does Alpha101 take over a whole panel, with its ranks across instruments?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar Alpha101Benchmark
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
public class Alpha101Benchmark {
  /** Instruments × days of the panel. */
  @Param("64x260")
  public String size = "";

  /** Threads that compute. */
  @Param({"1", "2"})
  public int threads;

  private FactorBatch batch = FactorBatch.alpha158(SplitMixPanel.dense(1, 1), 1);

  /** For JMH. */
  public Alpha101Benchmark() {}

  /** Makes the panel. */
  @Setup
  public void makePanel() {
    Size asked = Size.parse(size);
    batch.close();
    batch = FactorBatch.of(
        SplitMixPanel.wide(asked.instruments(), asked.days(), 0), Alpha101.factors(), threads);
  }

  /** Ends the threads. */
  @TearDown
  public void endThreads() {
    batch.close();
  }

  /** Computes all factors on all days. */
  @Benchmark
  public FactorBlock alpha101() {
    return batch.compute();
  }
}
