package io.qilin.benchmarks;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.qilin.ops.resilience.Outcome;
import io.qilin.ops.resilience.Resilience;
import io.qilin.ops.resilience.ResiliencePolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
 * What does a guard cost a call that takes no time by itself and goes well, Qilin's and Resilience4j's with the same parts: a
 * breaker alone, and a breaker with retries and a limit on calls at once?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar ResilienceBenchmark -t 1
 * java -jar benchmarks/target/benchmarks.jar ResilienceBenchmark -t 2
 * </pre>
 *
 * <p>Each call brings its own lambda, as calls with arguments do, and runs on the thread that calls. Qilin's guard keeps its budget of
 * retries and the lengths of the last calls besides; Resilience4j alone has neither. {@code outcome} says what {@code call} costs,
 * which tells how it was answered. The last figures are in {@code docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResilienceBenchmark {
  private static final int PLACES = 64;

  private final Resilience qilinBreaker =
      qilin(ResiliencePolicy.builder().onCallersThread().attempts(1).withoutConcurrencyLimit());
  private final Resilience qilinFull =
      qilin(ResiliencePolicy.builder().onCallersThread().concurrent(PLACES, Duration.ZERO));

  private final CircuitBreaker breaker = CircuitBreaker.of(
      "peer",
      CircuitBreakerConfig.custom()
          .slidingWindow(20, 10, SlidingWindowType.COUNT_BASED)
          .slowCallDurationThreshold(Duration.ofSeconds(2))
          .slowCallRateThreshold(50)
          .build());
  private final Bulkhead bulkhead = Bulkhead.of(
      "peer",
      BulkheadConfig.custom()
          .maxConcurrentCalls(PLACES)
          .maxWaitDuration(Duration.ZERO)
          .fairCallHandlingStrategyEnabled(false)
          .build());
  private final Retry retry =
      Retry.of("peer", RetryConfig.custom().maxAttempts(2).build());

  private long calls;

  /** For JMH. */
  public ResilienceBenchmark() {}

  private static Resilience qilin(ResiliencePolicy.Builder policy) {
    return Resilience.builder(
            "peer",
            policy.build(),
            Runnable::run,
            System::nanoTime,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            1)
        .build();
  }

  /** No guard. */
  @Benchmark
  public Long bare() {
    return ++calls;
  }

  /** A breaker: Qilin. */
  @Benchmark
  public Long qilinBreaker() {
    return qilinBreaker.callOrThrow(() -> ++calls);
  }

  /** A breaker: Resilience4j. */
  @Benchmark
  public Long peerBreaker() throws Exception {
    return breaker.executeCallable(() -> ++calls);
  }

  /** A breaker, retries, places: Qilin. */
  @Benchmark
  public Long qilinFull() {
    return qilinFull.callOrThrow(() -> ++calls);
  }

  /** A breaker, retries, places: Resilience4j. */
  @Benchmark
  public Long peerFull() throws Exception {
    return retry.executeCallable(
        () -> breaker.executeCallable(() -> bulkhead.executeCallable(() -> ++calls)));
  }

  /** A breaker, retries, places, and how it was answered: Qilin. */
  @Benchmark
  public Outcome<Long> outcome() {
    return qilinFull.call(() -> ++calls);
  }
}
