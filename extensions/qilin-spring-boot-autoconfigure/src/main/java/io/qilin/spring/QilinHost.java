package io.qilin.spring;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What Qilin's beans run on: a clock, a monotonic time and threads, of the application or private. It is no {@link
 * Executor} and no {@link Clock} itself, so that nothing of the application takes it for its own.
 */
public final class QilinHost implements AutoCloseable {
  private static final int CHECKING_THREADS = 8;

  private final Clock clock;
  private final LongSupplier ticker;
  private final long seed;
  private final Executor work;
  private final Optional<HostPool> owned;
  private final HostPool checks = new HostPool("qilin-check-", CHECKING_THREADS);

  private QilinHost(
      Clock clock, LongSupplier ticker, long seed, Executor work, Optional<HostPool> owned) {
    this.clock = clock;
    this.ticker = ticker;
    this.seed = seed;
    this.work = work;
    this.owned = owned;
  }

  /**
   * A host that works on a pool of its own.
   *
   * @param ticker monotonic nanoseconds
   * @param threads the most threads of the pool
   */
  public static QilinHost of(Clock clock, LongSupplier ticker, long seed, int threads) {
    HostPool pool = new HostPool("qilin-", threads);
    return new QilinHost(clock, ticker, seed, pool.executor(), Optional.of(pool));
  }

  /**
   * A host that works on the application's threads.
   *
   * @param ticker monotonic nanoseconds
   * @param work must not run tasks on the thread that hands them over
   */
  public static QilinHost on(Clock clock, LongSupplier ticker, long seed, Executor work) {
    return new QilinHost(clock, ticker, seed, work, Optional.empty());
  }

  /** The time of day. */
  public Clock clock() {
    return clock;
  }

  /** Monotonic nanoseconds. */
  public LongSupplier ticker() {
    return ticker;
  }

  /** From which jitter and the like are drawn. */
  public long seed() {
    return seed;
  }

  /** Where sources, analysts and models are called. */
  public Executor executor() {
    return work;
  }

  /** Where parts are asked how they are: threads that the work does not fill. */
  public Executor checks() {
    return checks.executor();
  }

  /** Ends the threads that are its own. */
  @Override
  public void close() {
    checks.close();
    owned.ifPresent(HostPool::close);
  }
}
