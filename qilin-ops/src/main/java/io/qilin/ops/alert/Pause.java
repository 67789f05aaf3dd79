package io.qilin.ops.alert;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between attempts; a test counts instead. */
@FunctionalInterface
interface Pause {
  /** On the caller's thread; an interrupt ends it. Nobody counts the latch down. */
  Pause REAL = length -> {
    boolean never = new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
    assert !never;
  };

  void of(Duration length) throws InterruptedException;
}
