package io.qilin.mlops.serving;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of durations in buckets whose width is a sixteenth of the power of two below, as HdrHistogram has them. Threads count in
 * stripes of their own, so that they seldom wait for each other. Counting makes no garbage.
 */
final class LatencyHistogram {
  private static final int SUB_BITS = 4;
  private static final int SUBS = 1 << SUB_BITS;
  /** 2^41 ns are 36 minutes; what is longer counts as that. */
  private static final int MAX_EXPONENT = 40;

  private static final int BUCKETS = (MAX_EXPONENT - SUB_BITS + 2) * SUBS;

  private final AtomicLongArray counts = new AtomicLongArray(Stripes.COUNT * BUCKETS);
  private final LongAdder nanos = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder standby = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

  void count(int stripe, long took, int rowsScored, boolean byStandby) {
    long duration = Math.max(0, took);
    counts.getAndIncrement(stripe * BUCKETS + bucket(duration));
    nanos.add(duration);
    rows.add(rowsScored);
    longest.accumulate(duration);
    if (byStandby) {
      standby.increment();
    }
  }

  void countFailure() {
    failures.increment();
  }

  static int bucket(long duration) {
    if (duration < SUBS) {
      return (int) duration;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(duration);
    if (exponent > MAX_EXPONENT) {
      return BUCKETS - 1;
    }
    int sub = (int) (duration >>> (exponent - SUB_BITS)) & (SUBS - 1);
    return (exponent - SUB_BITS + 1) * SUBS + sub;
  }

  /** The longest duration that is counted in a bucket. */
  static long highest(int bucket) {
    if (bucket < SUBS) {
      return bucket;
    }
    int shift = bucket / SUBS - 1;
    return ((long) (SUBS + bucket % SUBS + 1) << shift) - 1;
  }

  LatencySummary summary() {
    long[] sums = new long[BUCKETS];
    long calls = 0;
    for (int i = 0; i < counts.length(); i++) {
      long count = counts.get(i);
      sums[i % BUCKETS] += count;
      calls += count;
    }
    long max = longest.get();
    return new LatencySummary(
        calls,
        rows.sum(),
        standby.sum(),
        failures.sum(),
        calls == 0 ? Double.NaN : (double) nanos.sum() / calls,
        percentile(sums, calls, 0.50, max),
        percentile(sums, calls, 0.99, max),
        max);
  }

  private static long percentile(long[] sums, long calls, double part, long max) {
    long needed = (long) Math.ceil(part * calls);
    long seen = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      seen += sums[bucket];
      if (seen >= needed && seen > 0) {
        return Math.min(highest(bucket), max);
      }
    }
    return 0;
  }
}
