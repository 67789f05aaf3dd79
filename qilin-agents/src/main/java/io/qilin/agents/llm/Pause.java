package io.qilin.agents.llm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a call waits before it tries again; tests put virtual time there. */
@FunctionalInterface
interface Pause {
  /** In real time; the latch ends the wait. */
  Pause REAL = (closed, nanos) -> closed.await(nanos, TimeUnit.NANOSECONDS);

  /** Waits for a time, or until the client is closed; true if it was. */
  boolean await(CountDownLatch closed, long nanos) throws InterruptedException;
}
