package io.qilin.data.failover;

import java.util.concurrent.atomic.AtomicLong;

/** Fractions in [0, 1) that follow from a seed: SplitMix64 over a counter. Safe for use by several threads. */
final class Jitter {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final AtomicLong at;

  Jitter(long seed) {
    this.at = new AtomicLong(seed);
  }

  double next() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  long nextLong() {
    long z = at.addAndGet(STEP);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
