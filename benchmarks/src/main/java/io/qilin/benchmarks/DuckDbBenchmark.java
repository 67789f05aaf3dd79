package io.qilin.benchmarks;

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
 * How long does DuckDB take for Alpha158 over the same panel? Its features are compared with Qilin's first.
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar DuckDbBenchmark
 * </pre>
 *
 * <p>The last figures are in {@code docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(1)
public class DuckDbBenchmark {
  /** Instruments × days of the panel. */
  @Param({"64x260", "512x1024", "4096x256"})
  public String size = "";

  /** Share of rows that are not known. */
  @Param({"0", "0.02"})
  public double nan;

  /** Threads that compute. */
  @Param({"1", "2"})
  public int threads;

  private DuckDbAlpha158 database = DuckDbAlpha158.load(SplitMixPanel.dense(1, 1), 1);

  /** For JMH. */
  public DuckDbBenchmark() {}

  /** Compares with Qilin, then loads the panel. */
  @Setup
  public void load() {
    Agreement.check();
    Size asked = Size.parse(size);
    database.close();
    database =
        DuckDbAlpha158.load(SplitMixPanel.of(asked.instruments(), asked.days(), nan), threads);
  }

  /** Closes the database. */
  @TearDown
  public void close() {
    database.close();
  }

  /** Computes all features into a table. */
  @Benchmark
  public void alpha158() {
    database.compute();
  }
}
