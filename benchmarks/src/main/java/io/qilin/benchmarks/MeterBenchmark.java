package io.qilin.benchmarks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.ops.metrics.QilinMetrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to count and time one request: through Qilin's recorder with its bounded tags, through Micrometer with a
 * look-up for each call, and through Micrometer with meters that are held?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar MeterBenchmark -t 1
 * java -jar benchmarks/target/benchmarks.jar MeterBenchmark -t 2
 * </pre>
 *
 * <p>All three count one request of three tags and time it with two, with the same buckets. A held meter is the floor, which no
 * recorder with tags can reach; the look-up is what a host writes otherwise. {@code hostile} brings a name that is not fit.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MeterBenchmark {
  private static final Duration TOOK = Duration.ofMillis(12);
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final QilinMetrics qilin = QilinMetrics.on(new SimpleMeterRegistry());
  private final MeterRegistry plain = new SimpleMeterRegistry();
  private final Counter counter = counter();
  private final Timer timer = timer();

  /** For JMH. */
  public MeterBenchmark() {}

  private Counter counter() {
    return Counter.builder("requests")
        .tag("method", "GET")
        .tag("endpoint", "/factors/{set}")
        .tag("status", "200")
        .register(plain);
  }

  private Timer timer() {
    return Timer.builder("request.duration")
        .serviceLevelObjectives(BUCKETS)
        .tag("method", "GET")
        .tag("endpoint", "/factors/{set}")
        .register(plain);
  }

  /** Through the recorder. */
  @Benchmark
  public void recorder() {
    qilin.requests().finished("GET", "/factors/{set}", 200, TOOK);
  }

  /** Through the recorder, with a name that becomes {@code other}. */
  @Benchmark
  public void hostile() {
    qilin.requests().finished("GET", "/factors\n<script>", 200, TOOK);
  }

  /** Micrometer, each meter looked up. */
  @Benchmark
  public void lookedUp() {
    counter().increment();
    timer().record(TOOK);
  }

  /** Micrometer, meters held. */
  @Benchmark
  public void held() {
    counter.increment();
    timer.record(TOOK);
  }
}
