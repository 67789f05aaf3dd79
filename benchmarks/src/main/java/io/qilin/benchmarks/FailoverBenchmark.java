package io.qilin.benchmarks;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.demo.DemoMarket;
import io.qilin.data.failover.Breaker;
import io.qilin.data.failover.BreakerSettings;
import io.qilin.data.failover.CallGuard;
import io.qilin.data.failover.MemberSettings;
import io.qilin.data.failover.SourceChain;
import io.qilin.data.failover.SourceChainBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a chain of sources cost a call that takes no time by itself: healthy, with a dead first member whose breaker
 * is open, from memory; and what does a breaker cost alone, Qilin's and Resilience4j's?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar FailoverBenchmark
 * </pre>
 *
 * <p>The sources answer with a panel of one share and 20 days that is there already. The chains call them on a pool of
 * two threads, so that a hand-over between threads and back is in the figures; {@code sameThread} shows them without.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class FailoverBenchmark {
  private static final QilinException DEAD =
      new QilinException(ErrorCode.NETWORK, "nobody is there");
  private static final Duration LONG = Duration.ofDays(1);

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Bars bars = small();
  private final SourceChain healthy = chain(threads, false).build();
  private final SourceChain dead = chain(threads, true).build();
  private final SourceChain sameThread = chain(Runnable::run, false).build();
  private final SourceChain sameThreadDead = chain(Runnable::run, true).build();
  private final SourceChain fresh = chain(threads, true).freshFor(LONG, 1 << 20).build();
  private final Breaker breaker = new Breaker(BreakerSettings.DEFAULT, System::nanoTime, 1);
  private final CircuitBreaker peer = CircuitBreaker.of(
      "peer",
      CircuitBreakerConfig.custom()
          .slidingWindowSize(10)
          .minimumNumberOfCalls(5)
          .build());

  /** For JMH. */
  public FailoverBenchmark() {}

  private static Bars small() {
    Bars all = DemoMarket.of(1, 1, 7).bars();
    Panel panel = all.panel();
    return new Bars(
        panel.until(panel.days().get(19)), new Provenance("memory", "demo", true), 20, List.of());
  }

  private SourceChainBuilder chain(java.util.concurrent.Executor executor, boolean deadFirst) {
    Clock clock = Clock.fixed(Instant.parse("2026-01-05T10:00:00Z"), ZoneOffset.UTC);
    MemberSettings settings = MemberSettings.builder()
        .breaker(BreakerSettings.DEFAULT.withOpenTime(LONG))
        .build();
    Set<DataCapability> kinds = Set.of(DataCapability.DAILY_BARS);
    return SourceChain.builder(executor, clock, System::nanoTime)
        .member("first", new Memory(deadFirst), kinds, settings)
        .member("second", new Memory(false), kinds, settings);
  }

  /** Opens the breakers of the dead members, and sees who serves. */
  @Setup
  public void open() {
    for (int k = 0; k < 10; k++) {
      dead.fetchBars(BarQuery.ALL);
      sameThreadDead.fetchBars(BarQuery.ALL);
    }
    boolean open = dead.health().members().get(0).state() == CallGuard.State.OPEN;
    if (!open || !healthy.fetchBars(BarQuery.ALL).member().equals("first")) {
      throw new AssertionError("the chains are not in the state that is to be measured");
    }
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    threads.shutdownNow();
  }

  /** The source itself. */
  @Benchmark
  public Object source() {
    return bars;
  }

  /** The first member answers. */
  @Benchmark
  public Object healthy() {
    return healthy.fetchBars(BarQuery.ALL);
  }

  /** The first member is dead and its breaker open; the second answers. */
  @Benchmark
  public Object deadFirst() {
    return dead.fetchBars(BarQuery.ALL);
  }

  /** As healthy, without a hand-over between threads. */
  @Benchmark
  public Object healthySameThread() {
    return sameThread.fetchBars(BarQuery.ALL);
  }

  /** As deadFirst, without a hand-over between threads. */
  @Benchmark
  public Object deadFirstSameThread() {
    return sameThreadDead.fetchBars(BarQuery.ALL);
  }

  /** The answer is still fresh. */
  @Benchmark
  public Object fresh() {
    return fresh.fetchBars(BarQuery.ALL);
  }

  /** A good call through Qilin's breaker. */
  @Benchmark
  public Object breaker() {
    long start = System.nanoTime();
    CallGuard.Pass pass = breaker.enter().orElseThrow();
    pass.succeeded(System.nanoTime() - start);
    return bars;
  }

  /** A good call through Resilience4j's breaker. */
  @Benchmark
  public Object peerBreaker() {
    long start = System.nanoTime();
    peer.acquirePermission();
    peer.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    return bars;
  }

  /** A source that answers from memory, or never. */
  private final class Memory implements MarketDataSource {
    private final boolean dead;

    Memory(boolean dead) {
      this.dead = dead;
    }

    @Override
    public Bars bars(BarQuery query) {
      if (dead) {
        throw DEAD;
      }
      return bars;
    }

    @Override
    public Map<Symbol, SecurityTimeline> securities() {
      return Map.of();
    }

    @Override
    public void close() {}
  }
}
