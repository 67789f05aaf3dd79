package io.qilin.ops.quota;

import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that got its lease and goes to its executor; closes the lease when it ends. Called without a lock. */
final class Handover implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final Handovers handovers;
  private final Waiter waiter;
  private final Waiter.Task task;
  private final QuotaLease lease;
  private volatile boolean started;

  Handover(Handovers handovers, Waiter waiter, Waiter.Task task, QuotaLease lease) {
    this.handovers = handovers;
    this.waiter = waiter;
    this.task = task;
    this.lease = lease;
  }

  /** Gives it to the executor; whatever goes wrong there harms nobody else. */
  void go() {
    try {
      task.executor().execute(this);
    } catch (RuntimeException
        | LinkageError
        | AssertionError
        | StackOverflowError
        | OutOfMemoryError e) {
      if (started) {
        // It ran on this thread, which belongs to somebody else.
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      } else {
        LOG.debug("the executor of the strategy {} took no task", lease.strategy(), e);
        drop();
      }
    }
  }

  /** It will not run: its lease goes to another, and who waits for its result is told. */
  void drop() {
    waiter.rejected = true;
    handovers.rejected(lease);
    cancel(task.body());
  }

  @Override
  public void run() {
    if (waiter.rejected) {
      // The executor refused it and kept it all the same; whoever gave it was told that it does not
      // run.
      return;
    }
    started = true;
    try {
      if (!lease.ran(task.body())) {
        // It lay in the executor's queue until the lease was taken back.
        handovers.again(waiter, task);
      }
    } finally {
      handovers.end(lease);
    }
  }

  /** Lets nobody wait for the result of a task that will never run. */
  static void cancel(Runnable body) {
    if (body instanceof Future<?> future) {
      try {
        future.cancel(false);
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
        LOG.warn("the owner of a task that will not run failed when it was told", e);
      }
    }
  }
}
