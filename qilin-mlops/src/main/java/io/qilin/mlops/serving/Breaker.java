package io.qilin.mlops.serving;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the production version is to be asked. After a failure it is left alone for a while; then one call tries it again. Each
 * further failure doubles the while, up to a bound. Thread-safe.
 */
final class Breaker {
  /** What a call does. */
  enum Pass {
    /** Asks the production version. */
    ASK,
    /** Asks it to see whether it has recovered. */
    PROBE,
    /** Leaves it alone. */
    SKIP
  }

  private final long firstPause;
  private final long longestPause;
  private final AtomicLong retryAt = new AtomicLong();
  private long pause;
  private volatile boolean open;

  Breaker(long firstPauseNanos, long longestPauseNanos) {
    firstPause = firstPauseNanos;
    longestPause = longestPauseNanos;
  }

  boolean open() {
    return open;
  }

  Pass pass(long now) {
    if (!open) {
      return Pass.ASK;
    }
    long at = retryAt.get();
    return now - at >= 0 && retryAt.compareAndSet(at, now + longestPause) ? Pass.PROBE : Pass.SKIP;
  }

  /** A call failed; true if this is what opens it. */
  synchronized boolean failed(Pass pass, long now) {
    if (open && pass != Pass.PROBE) {
      return false;
    }
    boolean opens = !open;
    pause = opens ? firstPause : Math.min(longestPause, pause * 2);
    retryAt.set(now + pause);
    open = true;
    return opens;
  }

  /** A call came to nothing through no fault of the version; if it was to try it, the next one does. */
  void abandoned(Pass pass, long now) {
    if (pass == Pass.PROBE) {
      retryAt.set(now);
    }
  }

  /** The probe succeeded. */
  synchronized void recovered() {
    open = false;
  }
}
