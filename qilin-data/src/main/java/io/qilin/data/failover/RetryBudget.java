package io.qilin.data.failover;

/**
 * How many retries a member may be asked for: each first call adds a share of one retry, each retry takes one, so that
 * retries never exceed that share of the first calls. What is saved is bounded by ten retries. One lock.
 */
final class RetryBudget {
  /** One retry in the unit of account. */
  private static final long ONE = 1_000_000;

  private static final long MOST = 10 * ONE;

  private final long perCall;
  private long saved;

  RetryBudget(double share) {
    this.perCall = Math.round(share * ONE);
  }

  synchronized void called() {
    saved = Math.min(MOST, saved + perCall);
  }

  synchronized boolean take() {
    if (saved < ONE) {
      return false;
    }
    saved -= ONE;
    return true;
  }
}
