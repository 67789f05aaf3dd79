package io.qilin.ops.health;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of lengths of time in buckets of a bounded relative width, as HdrHistogram has them: exact below 64 ns, then 32 buckets for
 * each power of two. The middle of a bucket is off by at most 1/64. Safe to share between threads; a reading beside writers is of no
 * single moment.
 */
final class LatencyHistogram {
  private static final int EXACT = 64;
  private static final int STEPS = 32;

  private final AtomicLongArray counts = new AtomicLongArray(EXACT + (62 - 5) * STEPS);
  private final AtomicLong longest = new AtomicLong();

  /** Counts one; a negative length counts as none. */
  void record(long nanos) {
    long length = Math.max(0, nanos);
    counts.incrementAndGet(bucket(length));
    if (length > longest.get()) {
      longest.accumulateAndGet(length, Math::max);
    }
  }

  Latency read() {
    long[] copy = new long[counts.length()];
    long total = 0;
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts.get(i);
      total += copy[i];
    }
    long most = longest.get();
    return new Latency(
        total,
        quantile(copy, total, 0.5, most),
        quantile(copy, total, 0.9, most),
        quantile(copy, total, 0.99, most),
        quantile(copy, total, 0.999, most),
        most);
  }

  private static long quantile(long[] counts, long total, double share, long most) {
    long rank = (long) Math.ceil(share * total);
    long passed = 0;
    for (int i = 0; i < counts.length; i++) {
      passed += counts[i];
      if (passed >= rank && passed > 0) {
        return Math.min(middle(i), most);
      }
    }
    return 0;
  }

  private static int bucket(long length) {
    if (length < EXACT) {
      return (int) length;
    }
    int power = 63 - Long.numberOfLeadingZeros(length);
    int step = (int) (length >>> (power - 5)) & (STEPS - 1);
    return EXACT + (power - 6) * STEPS + step;
  }

  private static long middle(int bucket) {
    if (bucket < EXACT) {
      return bucket;
    }
    int power = (bucket - EXACT) / STEPS + 6;
    long width = 1L << (power - 5);
    return (1L << power) + (bucket - EXACT) % STEPS * width + width / 2;
  }
}
