package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/**
 * How often and when a request that failed is sent again. Only reading requests are sent, so that sending twice does no
 * harm. A wait that the service asks for (Retry-After) is kept, if the deadline allows.
 *
 * @param attempts first and further ones, 1 to 10
 * @param firstWait the wait after the first failure, doubled after each further one; between half and all of it is waited
 * @param longestWait no own wait is longer
 */
public record RestRetry(int attempts, Duration firstWait, Duration longestWait) {
  /** Three attempts, 250 ms and 5 s. */
  public static final RestRetry DEFAULT =
      new RestRetry(3, Duration.ofMillis(250), Duration.ofSeconds(5));

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if they are out of range
   */
  public RestRetry {
    if (attempts < 1 || attempts > 10) {
      throw QilinException.invalid("attempts are 1 to 10, were " + attempts);
    }
    if (firstWait.isNegative()
        || longestWait.compareTo(firstWait) < 0
        || longestWait.compareTo(Duration.ofHours(1)) > 0) {
      throw QilinException.invalid("waits are 0 to 1 hour, the first not above the longest; were "
          + firstWait + " and " + longestWait);
    }
  }

  /**
   * The own wait after some failures, in nanoseconds.
   *
   * @param failures how many there were, from 1
   * @param chance from 0 to 1
   */
  long waitNanos(int failures, double chance) {
    double whole = Math.min((double) firstWait.toNanos() * Math.scalb(1.0, failures - 1), (double)
        longestWait.toNanos());
    return (long) (whole * (0.5 + chance / 2));
  }
}
