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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does one new day of Alpha158 take, for all instruments?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar TickBenchmark -prof gc
 * </pre>
 *
 * <p>{@code gc.alloc.rate.norm} is the allocation of one tick. Percentiles: {@link TickLatency}. The last figures are in
 * {@code docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TickBenchmark {
  private static final int DAYS = 128;

  /** Instruments of the market. */
  @Param({"512", "4096", "5000"})
  public int instruments;

  private Alpha158Ticks ticks = Alpha158Ticks.of(SplitMixPanel.dense(1, DAYS));

  /** For JMH. */
  public TickBenchmark() {}

  /** Makes the market. */
  @Setup
  public void makeMarket() {
    ticks = Alpha158Ticks.of(SplitMixPanel.dense(instruments, DAYS));
  }

  /** Takes the next day; returns one of its values. */
  @Benchmark
  public double tick() {
    ticks.next();
    return ticks.value(0, 0);
  }
}
