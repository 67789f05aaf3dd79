package io.qilin.ops.resilience;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long the last attempts took. Safe for use by several threads: a writer takes a place by one atomic step and fills it; a reader
 * may see an older length in a place, never half of one.
 */
final class LatencyRing {
  private static final int SIZE = 256;

  private final AtomicLong count = new AtomicLong();
  private final AtomicLongArray nanos = new AtomicLongArray(SIZE);

  void add(long length) {
    nanos.lazySet((int) (count.getAndIncrement() & (SIZE - 1)), length);
  }

  long count() {
    return count.get();
  }

  Latency latency() {
    long seen = count.get();
    int size = (int) Math.min(SIZE, seen);
    if (size == 0) {
      return Latency.NONE;
    }
    long[] sorted = new long[size];
    for (int i = 0; i < size; i++) {
      sorted[i] = nanos.get(i);
    }
    Arrays.sort(sorted);
    return new Latency(
        size,
        at(sorted, 0.5),
        at(sorted, 0.95),
        at(sorted, 0.99),
        Duration.ofNanos(sorted[size - 1]));
  }

  /** The smallest length that at least this share of them does not exceed. */
  private static Duration at(long[] sorted, double share) {
    return Duration.ofNanos(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)]);
  }
}
