package io.qilin.benchmarks;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.qilin.security.limit.LimitKey;
import io.qilin.security.limit.LocalLimits;
import io.qilin.security.limit.RateLimit;
import io.qilin.security.limit.TokenBucket;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
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
 * How many permits a microsecond does a token bucket give out, Qilin's and Bucket4j's, one bucket and one bucket a key?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar RateLimiterBenchmark -t 1
 * java -jar benchmarks/target/benchmarks.jar RateLimiterBenchmark -t 2
 * </pre>
 *
 * <p>Both read {@code System.nanoTime} and have a limit that is never reached, so every call takes a permit. With {@code -t 2} both
 * threads take from the same bucket. The last figures are in {@code docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RateLimiterBenchmark {
  private static final long PERMITS = 1_000_000;
  private static final long BURST = 1_000_000_000;

  private final TokenBucket qilin =
      TokenBucket.of(new RateLimit(PERMITS, Duration.ofSeconds(1), BURST), System::nanoTime);
  private final Bucket bucket4j = bucket();

  private final LimitKey key = LimitKey.user("alice");
  private final LocalLimits qilinKeys = LocalLimits.tokenBuckets(
      new RateLimit(PERMITS, Duration.ofSeconds(1), BURST), 100_000, System::nanoTime);
  private final ConcurrentHashMap<LimitKey, Bucket> bucket4jKeys = new ConcurrentHashMap<>();

  /** For JMH. */
  public RateLimiterBenchmark() {}

  private static Bucket bucket() {
    return Bucket.builder()
        .addLimit(Bandwidth.builder()
            .capacity(BURST)
            .refillGreedy(PERMITS, Duration.ofSeconds(1))
            .build())
        .withCustomTimePrecision(TimeMeter.SYSTEM_NANOTIME)
        .build();
  }

  /** One bucket of Qilin. */
  @Benchmark
  public boolean qilinBucket() {
    return qilin.tryTake(1) == 0;
  }

  /** One bucket of Bucket4j. */
  @Benchmark
  public boolean bucket4jBucket() {
    return bucket4j.tryConsume(1);
  }

  /** One bucket of Qilin, found by its key in a table of bounded size. */
  @Benchmark
  public boolean qilinByKey() {
    return qilinKeys.tryTake(key, 1) == 0;
  }

  /** One bucket of Bucket4j, found by its key in a map without bounds. */
  @Benchmark
  public boolean bucket4jByKey() {
    return bucket4jKeys.computeIfAbsent(key, any -> bucket()).tryConsume(1);
  }
}
