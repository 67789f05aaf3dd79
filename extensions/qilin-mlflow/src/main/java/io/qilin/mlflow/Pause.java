package io.qilin.mlflow;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a call waits before it tries again; tests put virtual time there. */
@FunctionalInterface
interface Pause {
  /** In real time. */
  Pause REAL = nanos -> {
    boolean opened = new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
    assert !opened;
  };

  void await(long nanos) throws InterruptedException;
}
