package io.qilin.benchmarks;

import io.qilin.ops.quota.Quota;
import io.qilin.ops.quota.QuotaLease;
import io.qilin.ops.quota.StrategyQuotas;
import java.util.concurrent.Semaphore;
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
 * How many nanoseconds does a strategy pay for a lease that it gets at once, beside two permits of the JDK's semaphores, which know
 * no strategy, no leak and no usage?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar QuotaBenchmark -t 1
 * java -jar benchmarks/target/benchmarks.jar QuotaBenchmark -t 2
 * </pre>
 *
 * <p>The ticker is {@code System.nanoTime}, as a host has it; with {@code -t 2} both threads ask for the same strategy. The last figures
 * are in {@code docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QuotaBenchmark {
  private static final int PERMITS = 16;

  private final StrategyQuotas quotas =
      StrategyQuotas.builder(PERMITS, System::nanoTime).build();
  private final Semaphore pool = new Semaphore(PERMITS, true);
  private final Semaphore strategy = new Semaphore(PERMITS / 2, true);

  /** For JMH. */
  public QuotaBenchmark() {}

  /** A hundred strategies, as many as a desk may run. */
  @Setup
  public void register() {
    for (int i = 0; i < 100; i++) {
      quotas.register("strategy-" + i, Quota.workers(PERMITS / 2));
    }
    quotas.register("metered", Quota.builder().maxWorkers(8).cpuShare(1).build());
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    quotas.close();
  }

  /** A lease that is taken and given back. */
  @Benchmark
  public long acquireAndClose() {
    try (QuotaLease lease = quotas.acquire("strategy-7")) {
      return lease.strategy().length();
    }
  }

  /** The same by the call that never blocks. */
  @Benchmark
  public long tryAcquireAndClose() {
    try (QuotaLease lease = quotas.tryAcquire("strategy-7").orThrow()) {
      return lease.strategy().length();
    }
  }

  /** The same for a strategy whose processor time is limited. */
  @Benchmark
  public long acquireMeteredAndClose() {
    try (QuotaLease lease = quotas.acquire("metered")) {
      return lease.strategy().length();
    }
  }

  /** A lease under which an empty task runs, with its thread's time and allocation read at both ends. */
  @Benchmark
  public long runAndClose() {
    try (QuotaLease lease = quotas.acquire("strategy-7")) {
      lease.run(() -> {});
      return lease.strategy().length();
    }
  }

  /** A fair permit of the pool and one of the strategy. */
  @Benchmark
  public long twoSemaphores() throws InterruptedException {
    pool.acquire();
    strategy.acquire();
    try {
      return strategy.availablePermits();
    } finally {
      strategy.release();
      pool.release();
    }
  }
}
