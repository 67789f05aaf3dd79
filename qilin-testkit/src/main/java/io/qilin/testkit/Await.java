package io.qilin.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits in a test for what another thread does. Where that thread can count down a latch, a latch says more; this is for what can
 * only be looked at.
 */
public final class Await {
  private static final int MOST_LOOKS = 60_000;

  private Await() {}

  /**
   * Returns as soon as something is so; looks 60,000 times, a millisecond apart: about a minute where looking takes no time.
   *
   * @param what is waited for, as a test would say it: {@code "the queue is empty"}
   * @throws AssertionError if it is still not so then, or the thread is interrupted, as by the time limit of a test
   */
  public static void until(String what, BooleanSupplier so) {
    CountDownLatch never = new CountDownLatch(1);
    int looks = 0;
    try {
      while (!so.getAsBoolean()) {
        if (++looks > MOST_LOOKS) {
          throw new AssertionError("waited in vain: " + what);
        }
        never.await(1, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting: " + what, e);
    }
  }
}
