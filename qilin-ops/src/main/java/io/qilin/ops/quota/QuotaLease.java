package io.qilin.ops.quota;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One worker of a strategy, until it is closed.
 *
 * <p>What runs by {@link #run} or {@link #call} is charged to the strategy: the processor time and the allocation of the thread. A
 * lease that is neither closed nor renewed nor running a task for as long as leases live is leaked: it is taken back and counted.
 * Closing it twice, or after that, does nothing.
 *
 * <p>Safe for use by several threads: the state is behind the lock of the pool. A task that opens and runs a second lease on the same
 * thread is charged to both.
 */
public final class QuotaLease implements AutoCloseable {
  private final QuotaPool pool;
  final StrategyState state;

  final LeaseSlot slot;
  final long generation;

  QuotaLease(QuotaPool pool, StrategyState state, LeaseSlot slot) {
    this.pool = pool;
    this.state = state;
    this.slot = slot;
    this.generation = slot.begin(state);
  }

  /** Whose it is. */
  public String strategy() {
    return state.name;
  }

  /** Whether it still counts: not closed, not taken back. */
  public boolean open() {
    return pool.open(this);
  }

  /**
   * Begins its life anew.
   *
   * @throws QilinException CONFLICT if it is over; nothing may go on under it
   */
  public void renew() {
    if (!pool.renewed(this)) {
      throw over(state);
    }
  }

  /**
   * Runs a task on the calling thread and charges it to the strategy; the lease stays open, and cannot be taken back meanwhile.
   *
   * @throws QilinException CONFLICT if the lease is over, or runs another task
   */
  public void run(Runnable task) {
    Objects.requireNonNull(task, "task");
    if (!ran(task)) {
      throw over(state);
    }
  }

  /** As {@link #run}; false, and the task is not begun, if the lease is over. */
  boolean ran(Runnable task) {
    if (!pool.began(this)) {
      return false;
    }
    try {
      task.run();
    } finally {
      pool.end(this);
    }
    return true;
  }

  /**
   * As {@link #run}, with a result.
   *
   * @throws QilinException CONFLICT if the lease is over, or runs another task
   * @throws Exception what the task throws
   */
  public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
    Objects.requireNonNull(task, "task");
    if (!pool.began(this)) {
      throw over(state);
    }
    try {
      return task.call();
    } finally {
      pool.end(this);
    }
  }

  /** Gives the worker back; while a task runs under it, when that ends. */
  @Override
  public void close() {
    pool.close(this);
  }

  private static QilinException over(StrategyState state) {
    return new QilinException(
        ErrorCode.CONFLICT,
        "the lease of the strategy " + QilinException.quote(state.name)
            + " is over: it was closed, or taken back when its life ended; take another");
  }

  /** For example {@code QuotaLease[momentum]}. */
  @Override
  public String toString() {
    return "QuotaLease[" + state.name + "]";
  }
}
