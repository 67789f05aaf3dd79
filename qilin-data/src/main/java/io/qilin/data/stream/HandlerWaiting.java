package io.qilin.data.stream;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How the thread of a pipeline waits for a call on another thread; tests let the time of a call end when it hangs. */
@FunctionalInterface
interface HandlerWaiting {
  /** In real time. */
  HandlerWaiting REAL = new HandlerWaiting() {
    @Override
    public <R> R get(Future<R> call, long nanos)
        throws InterruptedException, ExecutionException, TimeoutException {
      return call.get(nanos, TimeUnit.NANOSECONDS);
    }
  };

  /** What the call gives, or a TimeoutException without a message if it has not ended for that long. */
  <R> R get(Future<R> call, long nanos)
      throws InterruptedException, ExecutionException, TimeoutException;
}
