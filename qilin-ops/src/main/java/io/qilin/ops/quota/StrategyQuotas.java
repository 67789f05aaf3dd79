package io.qilin.ops.quota;

import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What strategies may use of a pool of workers: each within its quota, all within the pool.
 *
 * <pre>
 * try (StrategyQuotas quotas = StrategyQuotas.builder(16, System::nanoTime).build()) {
 *   quotas.register("momentum", Quota.builder().maxWorkers(4).cpuShare(0.25).build());
 *   try (QuotaLease lease = quotas.acquire("momentum")) {
 *     lease.run(() -&gt; trade());
 *   }
 *   Executor momentum = quotas.executor("momentum", pool);
 * }
 * </pre>
 *
 * <p>A lease is taken whole or not at all. Who waits is served in the order of arrival within a strategy; between strategies the pool
 * is dealt by weight, so that one that asks a thousand times keeps nobody waiting. No lease is taken away from who works: a permit
 * goes round when it is given back. A strategy that nobody registered has the default quota, never none.
 *
 * <p>Safe for use by several threads. It has a thread, {@code qilin-quota}, that looks at tasks that run for long, and {@code
 * qilin-quota-gpu} where there is a probe; both end with {@link #close}.
 */
public final class StrategyQuotas implements AutoCloseable {
  private final QuotaSettings settings;
  private final QuotaPool pool;
  private final long waitNanos;
  private final QuotaWarnings warnings;
  private final @Nullable Worker sweeper;
  private final @Nullable Worker gpuReader;

  StrategyQuotas(QuotaSettings settings, Duration wait, QuotaWarnings warnings, Duration sweep) {
    this.settings = settings;
    this.pool = new QuotaPool(settings);
    this.waitNanos = wait.toNanos();
    this.warnings = warnings;
    boolean threads = !sweep.isZero();
    LongSupplier ticker = settings.ticker();
    this.sweeper = threads
        ? Worker.start("qilin-quota", () -> sweep(sweep), ticker, Duration.ofSeconds(10))
        : null;
    this.gpuReader = threads && settings.gpu() != null
        ? Worker.start("qilin-quota-gpu", () -> askGpu(sweep), ticker, Duration.ofSeconds(10))
        : null;
  }

  /**
   * Quotas over a pool.
   *
   * @param permits leases that all strategies together hold at most, 1 to 100,000
   * @param ticker monotonic nanoseconds, for example {@code System::nanoTime}
   */
  public static StrategyQuotasBuilder builder(int permits, LongSupplier ticker) {
    return new StrategyQuotasBuilder(permits, ticker);
  }

  /**
   * Sets the quota of a strategy, from its next lease on.
   *
   * @param strategy 1 to 128 characters, none hidden
   * @throws QilinException INVALID_ARGUMENT for an odd name, LIMIT_EXCEEDED if there are too many strategies
   */
  public void register(String strategy, Quota quota) {
    Objects.requireNonNull(strategy, "strategy");
    pool.set(strategy, Objects.requireNonNull(quota, "quota"), true);
  }

  /** Takes its quota from a strategy; it has the default from its next lease on. Leases that it has stay. */
  public void unregister(String strategy) {
    Objects.requireNonNull(strategy, "strategy");
    if (usage(strategy).isPresent()) {
      pool.set(strategy, settings.unregistered(), false);
    }
  }

  /** Waits for a lease as long as {@link StrategyQuotasBuilder#wait} says; see {@link #acquire(String, Duration)}. */
  public QuotaLease acquire(String strategy) {
    return pool.acquire(Objects.requireNonNull(strategy, "strategy"), waitNanos);
  }

  /**
   * Waits for a lease.
   *
   * @param timeout how long at most; zero does not wait
   * @throws QuotaRefused if there is none in time
   * @throws QilinException CANCELLED if the thread is interrupted; INVALID_ARGUMENT for an odd name or a negative time
   */
  public QuotaLease acquire(String strategy, Duration timeout) {
    Objects.requireNonNull(strategy, "strategy");
    if (timeout.isNegative() || timeout.compareTo(StrategyQuotasBuilder.LONGEST) > 0) {
      throw QilinException.invalid(
          "the timeout must be 0 to " + StrategyQuotasBuilder.LONGEST + ", was " + timeout);
    }
    return pool.acquire(strategy, timeout.toNanos());
  }

  /**
   * A lease now or not at all; never blocks, and passes nobody who waits for the same strategy.
   *
   * @throws QilinException INVALID_ARGUMENT for an odd name
   */
  public QuotaVerdict tryAcquire(String strategy) {
    return pool.tryAcquire(Objects.requireNonNull(strategy, "strategy"));
  }

  /**
   * An executor whose tasks run under leases of the strategy. A task waits for its lease in a queue, not on a thread, and goes to the
   * executor behind when it has it. {@code execute} throws {@link QuotaRefused} when the queue is full, the executor takes nothing,
   * or the quotas are closed. A task that the executor refuses later, or that waits when the quotas are closed, is never run; one
   * that is a {@code Future} is cancelled then.
   *
   * @param executor runs the tasks; the caller's
   */
  public Executor executor(String strategy, Executor executor) {
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(executor, "executor");
    return task -> pool.execute(strategy, executor, Objects.requireNonNull(task, "task"));
  }

  /** What each known strategy uses, by name; looks at the threads of running tasks, takes back leaked leases, warns. */
  public List<QuotaUsage> usage() {
    List<QuotaUsage> usages = pool.with((all, now) -> all.sorted().stream()
        .map(state -> state.usage(settings.gpu(), settings.cores(), now))
        .toList());
    warnings.look(usages);
    return usages;
  }

  /** What one strategy uses; empty if nothing is known of it. */
  public Optional<QuotaUsage> usage(String strategy) {
    Objects.requireNonNull(strategy, "strategy");
    return pool.with((all, now) -> Optional.ofNullable(all.known(strategy))
        .map(state -> state.usage(settings.gpu(), settings.cores(), now)));
  }

  /**
   * DEGRADED where a quota cannot be enforced: the probe of graphics memory fails or there is none, or the JVM does not count what
   * threads use; the worse of that and the health of its threads.
   */
  public HealthResult health() {
    HealthResult result = QuotaHealth.of(settings, pool);
    for (Worker worker : workers()) {
      HealthResult own = worker.health();
      if (own.status().compareTo(result.status()) > 0) {
        result = own;
      }
    }
    return result;
  }

  /** Gives no lease any more, refuses those that wait, and ends the threads. Leases that are open can be closed. */
  @Override
  public void close() {
    pool.close();
    workers().forEach(Worker::close);
  }

  private List<Worker> workers() {
    return java.util.stream.Stream.of(sweeper, gpuReader)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  private Duration sweep(Duration next) {
    usage();
    return next;
  }

  /** Asks the probe about every strategy with such a quota. */
  Duration askGpu(Duration next) throws InterruptedException {
    if (settings.gpu() != null) {
      settings.gpu().ask(QuotaHealth.gpuStrategies(pool), settings.ticker());
    }
    return next;
  }
}
