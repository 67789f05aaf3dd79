package io.qilin.ops.quota;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The permits that all strategies share, dealt by weighted fair share.
 *
 * <p>Each strategy has a virtual time that grows by {@code 1/weight} with every lease. A permit that becomes free goes to a strategy
 * that holds less than its share of the pool before one that holds it, among these to the one with the smallest virtual time, and
 * within it to who came first (start-time fair queueing, Goyal, Vin and Cheng, SIGCOMM 1996, with held permits looked at first, as a
 * lease has no known length). A strategy that comes back begins at the time of those that wait, so that nobody saves up.
 *
 * <p>Safe to share between threads: one lock holds all of it, so a lease is taken whole or not at all. Under the lock nothing blocks
 * and no code of others runs; what is to run is returned as hand-overs. Where nobody waits, a lease costs the lock twice.
 */
final class QuotaPool {
  /** A waiting thread looks around so often, as the processor's window makes room without a sign. */
  private static final long SLICE_NANOS = 50_000_000L;

  private static final Duration SOON = Duration.ofMillis(100);

  private final QuotaSettings settings;
  private final Strategies strategies;
  private final Handovers handovers = new Handovers(this);
  private final ReentrantLock lock = new ReentrantLock();
  private final LeaseBook book;
  private final FairShare waiting;

  QuotaPool(QuotaSettings settings) {
    this.settings = settings;
    this.strategies = new Strategies(settings);
    this.book = new LeaseBook(settings, handovers);
    this.waiting = book.waiting();
  }

  private long now() {
    return settings.ticker().getAsLong();
  }

  /** Does something with the strategies under the lock, then deals what may have become free. */
  <T> T with(java.util.function.BiFunction<Strategies, Long, T> work) {
    List<Handover> granted;
    T result;
    lock.lock();
    try {
      long now = now();
      book.reclaim(now);
      result = work.apply(strategies, now);
      granted = book.deal(this, now);
    } finally {
      lock.unlock();
    }
    handovers.go(granted);
    return result;
  }

  /** Changes the quota of a strategy. */
  void set(String strategy, Quota quota, boolean registered) {
    with((all, now) -> {
      StrategyState state = all.findOrThrow(strategy, now);
      waiting.reweigh(state, () -> {
        state.set(quota, settings.permits(), settings.cores());
        state.registered = registered;
      });
      return state;
    });
  }

  QuotaVerdict tryAcquire(String strategy) {
    List<Handover> granted = List.of();
    QuotaVerdict verdict;
    lock.lock();
    try {
      long now = now();
      book.reclaim(now);
      StrategyState state = book.closed() ? null : strategies.find(strategy, now);
      if (state == null) {
        return new QuotaVerdict.Refused(
            strategy,
            book.closed() ? QuotaLimit.CLOSED : QuotaLimit.STRATEGIES,
            book.closed() ? Duration.ZERO : SOON);
      }
      granted = book.deal(this, now);
      QuotaLimit limit = book.limit(state, now);
      if (limit == null && !state.waiters.isEmpty()) {
        limit = QuotaLimit.POOL;
      }
      verdict = limit == null
          ? new QuotaVerdict.Granted(book.grant(this, state, now))
          : book.refuse(state, limit, now);
    } finally {
      lock.unlock();
    }
    handovers.go(granted);
    return verdict;
  }

  QuotaLease acquire(String strategy, long timeoutNanos) {
    QuotaLease lease = acquireNow(strategy);
    return lease == null ? acquireLater(strategy, timeoutNanos) : lease;
  }

  /** A lease where nobody waits and nothing stands in the way; small, as it is the usual case. */
  private @Nullable QuotaLease acquireNow(String strategy) {
    lock.lock();
    try {
      long now = now();
      book.reclaim(now);
      StrategyState state = open(strategy, now);
      return waiting.isEmpty() && book.limit(state, now) == null
          ? book.grant(this, state, now)
          : null;
    } finally {
      lock.unlock();
    }
  }

  private QuotaLease acquireLater(String strategy, long timeoutNanos) {
    Waiter waiter;
    List<Handover> granted;
    long deadline;
    lock.lock();
    try {
      long now = now();
      deadline = now + timeoutNanos;
      StrategyState state = open(strategy, now);
      waiter = Waiter.thread(state, lock.newCondition());
      waiting.add(waiter);
      granted = book.deal(this, now);
      state.waits += waiter.lease == null ? 1 : 0;
    } finally {
      lock.unlock();
    }
    handovers.go(granted);
    QuotaLease lease = waiter.lease;
    while (lease == null) {
      lease = await(waiter, deadline);
    }
    return lease;
  }

  /** Waits a little; null if there is still no lease, and time left. */
  @SuppressWarnings("WaitNotInLoop") // The caller asks again as long as this gives null.
  private @Nullable QuotaLease await(Waiter waiter, long deadline) {
    List<Handover> granted = List.of();
    lock.lock();
    try {
      long left = deadline - now();
      if (waiter.lease == null && left > 0 && waiter.wake != null) {
        long unused = waiter.wake.awaitNanos(Math.min(left, SLICE_NANOS));
      }
      long now = now();
      if (waiter.lease == null) {
        book.reclaim(now);
        granted = book.deal(this, now);
      }
      if (waiter.lease == null && (book.closed() || deadline - now <= 0)) {
        waiting.remove(waiter);
        QuotaLimit limit = book.closed() ? QuotaLimit.CLOSED : book.limit(waiter.state, now);
        throw book.refuse(waiter.state, limit == null ? QuotaLimit.POOL : limit, now)
            .error();
      }
      return waiter.lease;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (waiter.lease != null) {
        return waiter.lease;
      }
      waiting.remove(waiter);
      throw new QilinException(
          ErrorCode.CANCELLED,
          "interrupted while the strategy " + QilinException.quote(waiter.state.name)
              + " waited for a lease",
          e);
    } finally {
      lock.unlock();
      handovers.go(granted);
    }
  }

  void execute(String strategy, Executor executor, Runnable body) {
    Waiter waiter;
    List<Handover> granted;
    lock.lock();
    try {
      long now = now();
      book.reclaim(now);
      StrategyState state = open(strategy, now);
      if (state.queued >= settings.queue()) {
        throw book.refuse(state, QuotaLimit.QUEUE, now).error();
      }
      waiter = Waiter.task(state, body, executor);
      waiting.add(waiter);
      state.queued++;
      granted = book.deal(this, now);
      state.waits += waiter.lease == null ? 1 : 0;
    } finally {
      lock.unlock();
    }
    handovers.go(granted);
    if (waiter.rejected) {
      throw new QuotaRefused(strategy, QuotaLimit.EXECUTOR, SOON);
    }
  }

  boolean open(QuotaLease lease) {
    return locked(() -> lease.slot.holds(lease));
  }

  /** Begins the life of a lease anew; false if it is over. */
  boolean renewed(QuotaLease lease) {
    return locked(() -> {
      boolean open = lease.slot.holds(lease);
      if (open) {
        book.live(lease.slot, now());
      }
      return open;
    });
  }

  /** A task that lost its lease before it began waits for another; null if there will be none. */
  @Nullable
  List<Handover> again(String strategy, Waiter.Task task) {
    lock.lock();
    try {
      long now = now();
      // What was known of the strategy may have been forgotten since, and it may hold leases anew.
      StrategyState state = book.closed() ? null : strategies.find(strategy, now);
      if (state == null) {
        return null;
      }
      waiting.add(Waiter.task(state, task.body(), task.executor()));
      state.queued++;
      return book.deal(this, now);
    } finally {
      lock.unlock();
    }
  }

  /** A task begins under a lease; false if that is over. */
  boolean began(QuotaLease lease) {
    LeaseSlot slot = lease.slot;
    TaskMeter task = new TaskMeter(settings.meter(), now());
    return locked(() -> {
      if (!slot.holds(lease) || slot.closing) {
        return false;
      }
      if (slot.task != null) {
        throw new QilinException(
            ErrorCode.CONFLICT, lease + " runs a task already; take one lease for each");
      }
      slot.task = task;
      return lease.state.running.add(slot);
    });
  }

  void end(QuotaLease lease) {
    LeaseSlot slot = lease.slot;
    boolean close = locked(() -> {
      long now = now();
      TaskMeter task = slot.task;
      if (task != null) {
        task.look(lease.state.cpu, lease.state.allocation, now);
      }
      slot.task = null;
      lease.state.running.remove(slot);
      book.live(slot, now);
      return slot.closing;
    });
    if (close) {
      close(lease);
    }
  }

  void close(QuotaLease lease) {
    handovers.go(finish(lease, false));
  }

  /** Gives a lease back and says who gets the room. */
  List<Handover> finish(QuotaLease lease, boolean refused) {
    LeaseSlot slot = lease.slot;
    lock.lock();
    try {
      if (!slot.holds(lease)) {
        return List.of();
      }
      if (slot.task != null) {
        slot.closing = true;
        return List.of();
      }
      long now = now();
      book.end(slot, lease.state, now);
      lease.state.refusals += refused ? 1 : 0;
      return book.deal(this, now);
    } finally {
      lock.unlock();
    }
  }

  /** Gives no lease any more; those who wait are told. */
  void close() {
    List<Waiter> left;
    lock.lock();
    try {
      book.close();
      left = waiting.removeTasks();
      waiting.wakeAll();
    } finally {
      lock.unlock();
    }
    for (Waiter waiter : left) {
      if (waiter.task != null) {
        Handover.cancel(waiter.task.body());
      }
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private StrategyState open(String strategy, long now) {
    if (book.closed()) {
      throw new QuotaRefused(strategy, QuotaLimit.CLOSED, Duration.ZERO);
    }
    StrategyState state = strategies.find(strategy, now);
    if (state == null) {
      throw new QuotaRefused(strategy, QuotaLimit.STRATEGIES, SOON);
    }
    return state;
  }
}
