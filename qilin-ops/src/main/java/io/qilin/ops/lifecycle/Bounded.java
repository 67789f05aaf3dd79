package io.qilin.ops.lifecycle;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.worker.Worker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An action on a thread of its own that is waited for no longer than its deadline. One that does not end is interrupted and left
 * alone; its thread is a daemon and ends with it. For one thread.
 */
final class Bounded {
  private static final Duration ENDLESS = Duration.ofDays(365);

  private final String what;
  private final LifecycleAction action;
  private final CountDownLatch done = new CountDownLatch(1);
  private final CountDownLatch known = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicReference<@Nullable Worker> worker = new AtomicReference<>();

  // Behind the monitor of this: an action whose time is over is interrupted, or never begun.
  private @Nullable Thread runner;
  private boolean tooLate;

  /**
   * How an action ended.
   *
   * @param over whether it ended at all
   * @param error what went wrong; empty if nothing did
   */
  record Result(boolean over, Optional<QilinException> error) {}

  private Bounded(String what, LifecycleAction action) {
    this.what = what;
    this.action = action;
  }

  /**
   * Runs an action.
   *
   * @param what for messages and the thread's name, for example {@code stop registry}
   * @return not over with the code TIMEOUT; or with CANCELLED if the calling thread was interrupted, which it then is again
   */
  static Result run(String what, LifecycleAction action, Duration deadline, LongSupplier ticker) {
    Bounded bounded = new Bounded(what, action);
    try {
      bounded.worker.set(
          Worker.start("qilin-" + what.replace(' ', '-'), bounded::step, ticker, ENDLESS));
    } catch (OutOfMemoryError e) {
      // So that the other parts are stopped all the same.
      return new Result(
          true,
          Optional.of(new QilinException(
              ErrorCode.RESOURCE_EXHAUSTED,
              what + " was not begun: there is no thread for it",
              e)));
    }
    bounded.known.countDown();
    return bounded.await(deadline);
  }

  /** Runs once, whatever comes of it, and ends the worker from inside. */
  private Duration step() throws InterruptedException {
    known.await();
    boolean begins = began();
    // What is not caught below ends the thread and must not look like success.
    failure.set(new LinkageError("its thread was ended"));
    try {
      if (begins) {
        action.run();
      }
      failure.set(null);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
      failure.set(e);
    } finally {
      ended();
      done.countDown();
      Worker own = worker.get();
      if (own != null) {
        own.close();
      }
    }
    return ENDLESS;
  }

  private synchronized boolean began() {
    runner = Thread.currentThread();
    return !tooLate;
  }

  private synchronized void ended() {
    runner = null;
  }

  private Result await(Duration deadline) {
    try {
      if (!done.await(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        interrupt();
        return left(ErrorCode.TIMEOUT, what + " did not end within " + deadline);
      }
    } catch (InterruptedException e) {
      interrupt();
      Thread.currentThread().interrupt();
      return left(ErrorCode.CANCELLED, "interrupted while waiting for " + what);
    }
    return new Result(true, Optional.ofNullable(failure.get()).map(this::typed));
  }

  private static Result left(ErrorCode code, String why) {
    return new Result(false, Optional.of(new QilinException(code, why + "; it was left alone")));
  }

  private synchronized void interrupt() {
    tooLate = true;
    if (runner != null) {
      runner.interrupt();
    }
  }

  private QilinException typed(Throwable e) {
    ErrorCode code = e instanceof QilinException own ? own.code() : ErrorCode.SYSTEM;
    String message = String.valueOf(e.getMessage());
    String reason = e instanceof QilinException
        ? message.substring(message.indexOf(' ') + 1)
        : e.getClass().getSimpleName() + ": " + message;
    return new QilinException(code, what + " failed: " + reason, e);
  }
}
