package io.qilin.benchmarks;

import io.qilin.ops.config.ConfigLoader;
import io.qilin.ops.reload.LiveConfig;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to read a setting of a live configuration, beside a volatile field with the same record?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar ConfigReadBenchmark -t 1
 * java -jar benchmarks/target/benchmarks.jar ConfigReadBenchmark -t 2
 * </pre>
 *
 * <p>Nobody reloads meanwhile, as is the case nearly always.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConfigReadBenchmark {
  /** What is configured. */
  public record Limits(int maxPositions, double stopLoss) {}

  private final LiveConfig<Limits> live = LiveConfig.builder(
          ConfigLoader.builder(Limits.class)
              .overrides(Map.of("max-positions", "10", "stop-loss", "0.05"))
              .build(),
          Clock.systemUTC(),
          System::nanoTime)
      .start();
  private volatile Limits plain = new Limits(10, 0.05);

  /** For JMH. */
  public ConfigReadBenchmark() {}

  /** Ends the watching. */
  @TearDown
  public void close() {
    live.close();
  }

  /** A setting of the live configuration. */
  @Benchmark
  public int liveConfig() {
    return live.current().maxPositions();
  }

  /** The same, with its version. */
  @Benchmark
  public long liveSnapshot() {
    return live.snapshot().version();
  }

  /** The same record in a volatile field. */
  @Benchmark
  public int volatileField() {
    return plain.maxPositions();
  }
}
