package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls the host's code up to three times, on an executor of the host with a deadline if there is one. */
final class HandlerCall {
  private static final int TRIES = 3;

  private final @Nullable Executor executor;
  private final long deadlineNanos;

  HandlerCall(@Nullable Executor executor, Duration deadline) {
    this.executor = executor;
    this.deadlineNanos = deadline.toNanos();
  }

  /** The host's code could not do it; what is left is to set the message aside. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean timeout;

    Refused(boolean timeout, String message, Throwable cause) {
      super(message, cause);
      this.timeout = timeout;
    }

    boolean timeout() {
      return timeout;
    }

    String text() {
      String text = getMessage();
      return text == null ? "" : text;
    }
  }

  /**
   * Calls.
   *
   * @throws Refused if the third try failed, or one did not end in time; that is not tried again, as it may still run
   * @throws QilinException CANCELLED if the thread is interrupted meanwhile, so that nothing is set aside for it
   */
  <R> R call(Callable<R> work) throws Refused {
    for (int tries = 1; ; tries++) {
      try {
        return once(work);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new QilinException(
            ErrorCode.CANCELLED, "the thread was interrupted while it waited for a handler", e);
      } catch (TimeoutException e) {
        throw new Refused(
            true, "the handler did not end within " + Duration.ofNanos(deadlineNanos), e);
      } catch (Exception e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new QilinException(
              ErrorCode.CANCELLED, "the thread was interrupted while it called a handler", e);
        }
        if (tries == TRIES) {
          throw new Refused(false, TRIES + " tries failed, the last with " + e, e);
        }
      }
    }
  }

  private <R> R once(Callable<R> work) throws Exception {
    Executor own = executor;
    if (own == null) {
      return work.call();
    }
    FutureTask<R> task = new FutureTask<>(work);
    own.execute(task);
    try {
      return task.get(deadlineNanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Exception failure) {
        throw failure;
      }
      throw e;
    } finally {
      task.cancel(true);
    }
  }
}
