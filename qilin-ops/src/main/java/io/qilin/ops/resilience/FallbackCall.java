package io.qilin.ops.resilience;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.error.ForeignError;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks fallbacks within the time that is left. Used by the thread that calls, once. */
record FallbackCall(Shared shared, TimeLeft time) {
  private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * Asks one.
   *
   * @throws QilinException whatever it threw, typed; TIMEOUT if it took too long
   */
  <T> T ask(Fallback<T> fallback) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(fallback.call());
    begin(task);
    try {
      T value = await(fallback.name(), task);
      if (value == null) {
        throw new QilinException(ErrorCode.UNKNOWN, "'" + fallback.name() + "' answered null");
      }
      return value;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw ForeignError.typed(e, "'" + fallback.name() + "'", ErrorCode.UNKNOWN);
    }
  }

  /** An executor that is full must not cost the answer as well: a copy in memory is then fetched by the thread that calls. */
  private void begin(FutureTask<?> task) {
    if (time.endless()) {
      task.run();
      return;
    }
    try {
      shared.executor().execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  private <T> T await(String name, FutureTask<T> task)
      throws InterruptedException, ExecutionException {
    try {
      while (true) {
        long left = time.nanos();
        try {
          return task.get(Math.max(0, Math.min(SLICE, left)), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (left <= 0) {
            throw new QilinException(
                ErrorCode.TIMEOUT, "fallback '" + name + "' did not answer in the time left", e);
          }
        }
      }
    } finally {
      task.cancel(true);
    }
  }
}
