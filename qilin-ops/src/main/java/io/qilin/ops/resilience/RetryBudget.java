package io.qilin.ops.resilience;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many retries and hedges a dependency may be asked for: each call adds a share of one, each retry takes one, so that there are
 * never more of them than that share of the calls. At most ten are saved. Safe for use by several threads: one atomic, written
 * only while it is not full, so that a dependency that is well costs a read.
 */
final class RetryBudget {
  /** One retry in the unit of account. */
  private static final long ONE = 1_000_000;

  private static final long MOST = 10 * ONE;

  private final double share;
  private final long perCall;
  private final AtomicLong saved;

  RetryBudget(double share) {
    this(share, new AtomicLong());
  }

  private RetryBudget(double share, AtomicLong saved) {
    this.share = share;
    this.perCall = Math.round(share * ONE);
    this.saved = saved;
  }

  /** The same savings with another share: calls under way by the old terms take from them too, so that none is spent twice. */
  RetryBudget withShare(double other) {
    return other == share ? this : new RetryBudget(other, saved);
  }

  void called() {
    long before = saved.get();
    while (before < MOST && !saved.compareAndSet(before, Math.min(MOST, before + perCall))) {
      before = saved.get();
    }
  }

  boolean take() {
    long before = saved.get();
    while (before >= ONE) {
      if (saved.compareAndSet(before, before - ONE)) {
        return true;
      }
      before = saved.get();
    }
    return false;
  }

  /** How many retries there could be now. */
  double left() {
    return saved.get() / (double) ONE;
  }
}
