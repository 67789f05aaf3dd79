package io.qilin.data.failover;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How the asking thread waits for what comes first; tests put virtual time there. */
@FunctionalInterface
interface Waiting {
  /** In real time. */
  Waiting REAL = new Waiting() {
    @Override
    public <T> @Nullable T poll(BlockingQueue<T> queue, long nanos) throws InterruptedException {
      return queue.poll(nanos, TimeUnit.NANOSECONDS);
    }
  };

  /** The next element, or null if there was none for that long. */
  <T> @Nullable T poll(BlockingQueue<T> queue, long nanos) throws InterruptedException;
}
