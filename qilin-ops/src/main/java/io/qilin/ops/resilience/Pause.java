package io.qilin.ops.resilience;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How the calling thread waits between two attempts; a test may let its time pass here. Safe for use by several threads. */
@FunctionalInterface
public interface Pause {
  /**
   * Returns after the length of time; waiting longer does no harm.
   *
   * @throws InterruptedException if the caller is to give up instead
   */
  void pause(Duration length) throws InterruptedException;

  /** The calling thread stands still. */
  static Pause standing() {
    return length -> {
      if (new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("nobody counts it down");
      }
    };
  }
}
