package io.qilin.benchmarks;

import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.PackedTick;
import io.qilin.data.stream.StreamPipeline;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many records a second go through a whole pipeline on one thread? Each is a packed tick of 57 bytes that is parsed in
 * place, judged by four quality rules, looked up by session and key, checked for its sequence, aggregated in windows of 60 s
 * every 30 s, and looked at for anomalies when its windows close.
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar StreamBenchmark -prof gc
 * </pre>
 *
 * <p>{@code recordsOfPane} says how many records come in 30 s of event time: the fewer, the more of the time goes into windows.
 * Latency and memory over minutes: {@link StreamSoak}. The last figures are in {@code docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StreamBenchmark {
  private static final int BATCH = 1024;
  private static final long PANE_NANOS = 30_000_000_000L;

  /** Shares that take turns. */
  @Param({"500", "5000"})
  public int keys;

  /** Records in 30 s of event time. */
  @Param({"200000", "30000000"})
  public long recordsOfPane;

  private StreamPipeline<ByteBuffer, PackedTick> pipeline = make(1, PANE_NANOS);

  /** For JMH. */
  public StreamBenchmark() {}

  private static StreamPipeline<ByteBuffer, PackedTick> make(int keys, long step) {
    return new StreamFeed(keys, step)
        .pipeline(new StreamFeed.Counting<DeadLetter>())
        .sink(new StreamFeed.Counting<ClosedWindow>())
        .batch(BATCH)
        .build();
  }

  /** Makes the feed. */
  @Setup
  public void start() {
    pipeline = make(keys, PANE_NANOS / recordsOfPane);
  }

  /** One batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int records() {
    return pipeline.step();
  }
}
