package io.qilin.ops.logging;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many lines in a period are let through: a token bucket in one number, the moment at which it will be full again (the generic
 * cell rate algorithm). A refused line changes nothing, so that a flood costs one read. Safe for use by several threads.
 */
public final class LogRate {
  private static final Duration LONGEST = Duration.ofDays(365);

  private final long intervalNanos;
  private final long burstNanos;
  private final AtomicLong fullAt;

  private LogRate(long intervalNanos, long burstNanos, long now) {
    this.intervalNanos = intervalNanos;
    this.burstNanos = burstNanos;
    this.fullAt = new AtomicLong(now);
  }

  /**
   * A full bucket.
   *
   * @param lines in one period, at least 1 and at most one a nanosecond
   * @param period positive, at most 365 days
   * @param burst lines at once, at least 1
   * @param now monotonic nanoseconds
   * @throws QilinException INVALID_ARGUMENT outside these bounds
   */
  public static LogRate of(long lines, Duration period, int burst, long now) {
    if (period.isNegative() || period.compareTo(LONGEST) > 0) {
      throw QilinException.invalid("the period of a rate is at most 365 days, was " + period);
    }
    if (lines < 1 || burst < 1 || lines > period.toNanos()) {
      throw QilinException.invalid(
          "a rate has at least one line and at most one a nanosecond, and a"
              + " burst of at least 1, was " + lines + " in " + period + " and " + burst);
    }
    long interval = period.toNanos() / lines;
    if (burst > Long.MAX_VALUE / 4 / interval) {
      throw QilinException.invalid("a burst of " + burst + " is too large for the rate");
    }
    return new LogRate(interval, interval * burst, now);
  }

  /** Whether one more line is let through now. */
  public boolean take(long now) {
    while (true) {
      long full = fullAt.get();
      long ahead = Math.max(0, full - now);
      if (ahead > burstNanos - intervalNanos) {
        return false;
      }
      if (fullAt.compareAndSet(full, now + ahead + intervalNanos)) {
        return true;
      }
    }
  }
}
