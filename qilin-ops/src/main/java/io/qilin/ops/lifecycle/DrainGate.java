package io.qilin.ops.lifecycle;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The door through which a host takes work, which can be closed for good: what has gone in is let come out.
 *
 * <pre>{@code
 * ModelVersion version = gate.call(() -> registry.register(draft));
 * }</pre>
 *
 * <p>Safe to share between threads. One number holds how many are inside and, in its sign, whether the door is closed, so that
 * nobody can go in after the door was closed and be missed; a lock is taken only by the last one to come out of a closed door,
 * and by those who wait for him.
 */
public final class DrainGate {
  /** Added to the number inside when the door is closed. */
  private static final long CLOSED = Long.MIN_VALUE;

  private static final Duration LONGEST = Duration.ofDays(365);

  private final String name;
  private final LongSupplier ticker;
  private final AtomicLong inside = new AtomicLong();
  private final LongAdder completed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();

  private DrainGate(String name, LongSupplier ticker) {
    this.name = name;
    this.ticker = ticker;
  }

  /**
   * An open gate.
   *
   * @param name of what is behind it, for messages
   * @param ticker monotonic nanoseconds, for how long a drain takes
   */
  public static DrainGate of(String name, LongSupplier ticker) {
    return new DrainGate(
        Objects.requireNonNull(name, "name"), Objects.requireNonNull(ticker, "ticker"));
  }

  /** One piece of work inside. Close it when the work is acknowledged or has failed; closing again does nothing. */
  public static final class Pass implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final DrainGate gate;

    private Pass(DrainGate gate) {
      this.gate = gate;
    }

    @Override
    public void close() {
      if (over.compareAndSet(false, true)) {
        gate.completed.increment();
        gate.leave();
      }
    }
  }

  /**
   * Takes one piece of work.
   *
   * @throws QilinException RESOURCE_EXHAUSTED if the gate is closed: nothing was done, another instance may take it
   */
  public Pass enter() {
    // The first look keeps those who are refused out of the number: a crowd at a closed door would
    // look like work inside.
    boolean closed = inside.get() < 0;
    if (!closed && inside.getAndIncrement() < 0) {
      leave();
      closed = true;
    }
    if (closed) {
      refused.increment();
      throw new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED,
          name + " takes no more work, it is being stopped; nothing was done, ask another instance"
              + " or later");
    }
    return new Pass(this);
  }

  /**
   * Does one piece of work inside.
   *
   * @return what the work returns
   * @throws QilinException as {@link #enter}; what the work throws
   */
  public <T> T call(Supplier<T> work) {
    Pass pass = enter();
    try {
      return work.get();
    } finally {
      pass.close();
    }
  }

  private void leave() {
    if (inside.decrementAndGet() == CLOSED) {
      lock.lock();
      try {
        idle.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Lets nobody in any more. Closing again does nothing. */
  public void close() {
    long now = inside.get();
    while (now >= 0 && !inside.compareAndSet(now, now + CLOSED)) {
      now = inside.get();
    }
  }

  /** Whether nobody is let in any more. */
  public boolean closed() {
    return inside.get() < 0;
  }

  /** How many pieces of work are inside. */
  public long inFlight() {
    return inside.get() & Long.MAX_VALUE;
  }

  /**
   * Closes the gate and waits until all that is inside has come out.
   *
   * @param deadline how long to wait at the most, up to 365 days
   * @throws QilinException CANCELLED if the thread is interrupted, the gate is closed then; INVALID_ARGUMENT for a longer
   *     deadline
   */
  public DrainReport drain(Duration deadline) {
    if (deadline.compareTo(LONGEST) > 0) {
      throw QilinException.invalid("a deadline is at most 365 days, was " + deadline);
    }
    long started = ticker.getAsLong();
    close();
    long left = deadline.toNanos();
    lock.lock();
    try {
      while (inFlight() > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "interrupted while " + name + " was drained", e);
    } finally {
      lock.unlock();
    }
    return new DrainReport(
        name,
        inFlight(),
        completed.sum(),
        refused.sum(),
        Duration.ofNanos(ticker.getAsLong() - started));
  }
}
