package io.qilin.security.limit;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/**
 * How much is let through: so many permits a period in the long run, and so many at once after a pause.
 *
 * <p>A permit comes back each {@link #nanosPerPermit} nanoseconds, which is rounded up: the rate is at most one thousandth lower
 * than asked, and never higher.
 *
 * @param permits permits a period, at least 1
 * @param period more than 0, at most 1 day
 * @param burst permits that can be taken at once, 1 to 1,000,000,000
 */
public record RateLimit(long permits, Duration period, long burst) {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final long SHORTEST_NANOS = 1_000;
  private static final long MOST = 1_000_000_000;

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if one is out of range, if more than one permit a microsecond is asked for, or if the
   *     burst takes longer than a year to come back
   */
  public RateLimit {
    if (period.isNegative() || period.isZero() || period.compareTo(LONGEST) > 0) {
      throw QilinException.invalid(
          "the period of a limit is more than 0 and at most 1 day, not " + period);
    }
    if (permits < 1 || permits > period.toNanos() / SHORTEST_NANOS) {
      throw QilinException.invalid("a limit lets through at least 1 permit a period and at most one"
          + " a microsecond, not " + permits + " in " + period);
    }
    if (burst < 1
        || burst > MOST
        || burst > Duration.ofDays(365).toNanos() / nanos(permits, period)) {
      throw QilinException.invalid(
          "the burst of a limit is 1 to 1,000,000,000 permits that come back"
              + " within a year, not " + burst);
    }
  }

  /** A limit of which all permits of one period can be taken at once. */
  public static RateLimit of(long permits, Duration period) {
    return new RateLimit(permits, period, permits);
  }

  /** How long it takes until one permit comes back. */
  public long nanosPerPermit() {
    return nanos(permits, period);
  }

  private static long nanos(long permits, Duration period) {
    return (period.toNanos() + permits - 1) / permits;
  }
}
