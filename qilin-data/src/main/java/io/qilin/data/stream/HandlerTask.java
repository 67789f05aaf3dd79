package io.qilin.data.stream;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One call of the host's code on another thread than the one that made the task. It is counted until it has really ended,
 * also long after it was given up.
 */
final class HandlerTask<R> extends FutureTask<R> {
  private static final int REJECTIONS = 100;
  private static final long PAUSE_NANOS = 100_000;

  private final Thread asking = Thread.currentThread();
  private final AtomicInteger running;
  private volatile boolean begun;
  private volatile boolean here;

  HandlerTask(Callable<R> work, AtomicInteger running) {
    super(work);
    this.running = running;
  }

  /**
   * Gives it to an executor. One that rejects it is asked again for about ten milliseconds, as a thread that has just ended
   * a call may not be waiting for the next yet.
   *
   * @throws TimeoutException if the executor rejects it, or would run it on the asking thread, where no deadline holds
   */
  void start(Executor executor) throws TimeoutException {
    for (int tries = 1; ; tries++) {
      try {
        executor.execute(this);
        break;
      } catch (RejectedExecutionException e) {
        if (tries == REJECTIONS) {
          TimeoutException full =
              new TimeoutException("the executor of the handlers rejects the call: " + e);
          full.initCause(e);
          throw full;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    if (here) {
      throw new TimeoutException(
          "the executor has no thread for handlers but that of the pipeline");
    }
  }

  @Override
  public void run() {
    if (Thread.currentThread() == asking) {
      here = true;
      return;
    }
    running.incrementAndGet();
    begun = true;
    try {
      super.run();
    } finally {
      running.decrementAndGet();
      if (isCancelled()) {
        // The interrupt was meant for the call, not for what the thread does next.
        Thread.interrupted();
      }
    }
  }

  boolean begun() {
    return begun;
  }
}
