package io.qilin.data.failover;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How long the last 128 calls took. One lock. */
final class LatencyWindow {
  private static final int SIZE = 128;

  private final long[] nanos = new long[SIZE];
  private long count;

  synchronized void add(long elapsed) {
    nanos[(int) (count++ % SIZE)] = elapsed;
  }

  /** The smallest latency that at least that share of the calls did not exceed; empty before the first call. */
  synchronized Optional<Duration> quantile(double share) {
    int filled = (int) Math.min(count, SIZE);
    if (filled == 0) {
      return Optional.empty();
    }
    long[] sorted = Arrays.copyOf(nanos, filled);
    Arrays.sort(sorted);
    int at = (int) Math.ceil(share * filled) - 1;
    return Optional.of(Duration.ofNanos(sorted[Math.max(0, at)]));
  }
}
