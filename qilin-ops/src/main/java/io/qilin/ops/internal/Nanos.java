package io.qilin.ops.internal;

import java.time.Duration;

/** Lengths of time as nanoseconds, without an overflow. Stateless. */
public final class Nanos {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Nanos() {}

  /** Lengths beyond 292 years are 292 years; negative ones are -1. */
  public static long of(Duration length) {
    if (length.compareTo(LONGEST) >= 0) {
      return Long.MAX_VALUE;
    }
    return length.isNegative() ? -1 : length.toNanos();
  }
}
