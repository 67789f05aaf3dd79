package io.qilin.security.limit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A token bucket by the generic cell rate algorithm (ITU-T I.371, virtual scheduling): one number, the moment at which the bucket is
 * full again, holds all of its state, and one compare-and-set takes permits. No more than {@code burst} permits go at once, and no
 * more than {@code burst + t / nanosPerPermit} in any time {@code t}.
 *
 * <p>Why it is right with many threads: the moment is read before the ticker, so the ticker is never behind the one that wrote the
 * moment; and it is exchanged only if nobody else did so since. A ticker that goes back nevertheless empties the bucket, which is
 * then full again after its usual time.
 */
public final class TokenBucket extends Meter {
  private static final long GONE = Long.MIN_VALUE;

  private final RateLimit limit;
  private final long nanosPerPermit;
  private final long burstNanos;
  private final LongSupplier ticker;
  private final long origin;

  /** When the bucket is full again, in nanoseconds since {@link #origin}. */
  private final AtomicLong fullAt = new AtomicLong();

  private TokenBucket(RateLimit limit, LongSupplier ticker, long origin) {
    super(limit.burst());
    this.limit = limit;
    this.nanosPerPermit = limit.nanosPerPermit();
    this.burstNanos = limit.burst() * nanosPerPermit;
    this.ticker = ticker;
    this.origin = origin;
  }

  /**
   * A full bucket.
   *
   * @param ticker nanoseconds that only grow, for example {@code System::nanoTime}
   */
  public static TokenBucket of(RateLimit limit, LongSupplier ticker) {
    return new TokenBucket(limit, ticker, ticker.getAsLong());
  }

  @Override
  long attempt(long weight) {
    long cost = weight * nanosPerPermit;
    while (true) {
      long full = fullAt.get();
      if (full == GONE) {
        return RETIRED;
      }
      long now = ticker.getAsLong() - origin;
      long latest = now + burstNanos;
      if (full > latest) {
        // The ticker went back. Whether this exchange or another one succeeds, the caller waits for
        // what is asked.
        fullAt.compareAndSet(full, latest);
        return cost;
      }
      long next = Math.max(full, now) + cost;
      if (next > latest) {
        return next - latest;
      }
      if (fullAt.compareAndSet(full, next)) {
        return 0;
      }
    }
  }

  @Override
  boolean retireIfIdle() {
    long full = fullAt.get();
    return full != GONE && full <= ticker.getAsLong() - origin && fullAt.compareAndSet(full, GONE);
  }

  @Override
  TokenBucket copy() {
    TokenBucket other = new TokenBucket(limit, ticker, origin);
    other.fullAt.set(fullAt.get());
    return other;
  }
}
