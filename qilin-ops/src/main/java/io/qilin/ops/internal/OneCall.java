package io.qilin.ops.internal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of somebody else's code that may fail, hang or give nothing: on the caller's executor, with a deadline, and never twice at a
 * time. One that does not end is interrupted once and is not begun again until it ends, so that it costs one thread at most.
 *
 * <p>Safe to share between threads: those who ask at the same time wait for the same call.
 *
 * @param <T> what it gives
 */
public final class OneCall<T> {
  private static final long SLICE_NANOS = 50_000_000L;

  private final Callable<? extends @Nullable T> work;
  private final Executor executor;
  private final LongSupplier ticker;
  private final long timeoutNanos;
  private final AtomicReference<@Nullable Flight> current = new AtomicReference<>();

  /** A call that is begun by {@link #begin}. */
  public OneCall(
      Callable<? extends @Nullable T> work,
      Executor executor,
      LongSupplier ticker,
      Duration timeout) {
    this.work = work;
    this.executor = executor;
    this.ticker = ticker;
    this.timeoutNanos = timeout.toNanos();
  }

  /** How a call ended. */
  public enum End {
    /** It gave something, perhaps null. */
    ANSWERED,
    /** It threw. */
    FAILED,
    /** It has not ended in time. */
    LATE,
    /** The executor did not take it. */
    REFUSED
  }

  /**
   * What came of a call.
   *
   * @param end how it ended
   * @param value what it gave
   * @param error what it threw, or why it was refused
   * @param <T> what it gives
   */
  public record Outcome<T>(
      End end, @Nullable T value, @Nullable Throwable error) {}

  /** Begins a call, or joins the one that is under way. Does not wait. */
  public Flight begin() {
    while (true) {
      Flight running = current.get();
      if (running != null && !running.ended()) {
        return running;
      }
      Flight next = new Flight(ticker.getAsLong());
      if (current.compareAndSet(running, next)) {
        next.launch();
        return next;
      }
    }
  }

  /** Begins or joins a call and waits for it. */
  public Outcome<T> ask() throws InterruptedException {
    return begin().await();
  }

  /** One call. */
  public final class Flight implements Runnable {
    private final long startedAt;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Outcome<T> outcome;

    // Behind the monitor of this: an interrupt meets this call or none.
    private @Nullable Thread runner;
    private boolean interrupted;

    private Flight(long startedAt) {
      this.startedAt = startedAt;
    }

    private boolean ended() {
      return ended.getCount() == 0;
    }

    private void launch() {
      try {
        executor.execute(this);
      } catch (RuntimeException
          | LinkageError
          | AssertionError
          | StackOverflowError
          | OutOfMemoryError e) {
        end(new Outcome<>(End.REFUSED, null, e));
      }
    }

    /** For the executor. */
    @Override
    public void run() {
      synchronized (this) {
        runner = Thread.currentThread();
      }
      Outcome<T> result =
          new Outcome<>(End.FAILED, null, new AssertionError("the thread was ended"));
      try {
        result = new Outcome<>(End.ANSWERED, work.call(), null);
      } catch (Exception
          | LinkageError
          | AssertionError
          | StackOverflowError
          | OutOfMemoryError e) {
        result = new Outcome<>(End.FAILED, null, e);
      } finally {
        leave();
        end(result);
      }
    }

    /** The thread goes on to other work, without an interrupt that was meant for this call. */
    private synchronized void leave() {
      runner = null;
      if (interrupted) {
        boolean unused = Thread.interrupted();
      }
    }

    private void end(Outcome<T> result) {
      outcome = result;
      ended.countDown();
    }

    private synchronized void interrupt() {
      if (runner != null && !interrupted) {
        interrupted = true;
        runner.interrupt();
      }
    }

    /** Waits until it ends or its time is over, counted from its beginning. */
    public Outcome<T> await() throws InterruptedException {
      while (true) {
        Outcome<T> result = outcome;
        if (result != null) {
          return result;
        }
        long left = startedAt + timeoutNanos - ticker.getAsLong();
        if (left <= 0) {
          interrupt();
          return new Outcome<>(End.LATE, null, null);
        }
        // In slices, as the ticker may go another way than the machine's clock.
        boolean unused = ended.await(Math.min(left, SLICE_NANOS), TimeUnit.NANOSECONDS);
      }
    }
  }
}
