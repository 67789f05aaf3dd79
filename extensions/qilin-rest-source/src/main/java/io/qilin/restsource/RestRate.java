package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/**
 * How often a service may be asked: so many requests at once, then one whenever its share of the time is over.
 *
 * @param requests at least 1
 * @param per in this time, 1 ms to 1 day
 */
public record RestRate(int requests, Duration per) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if they are out of range
   */
  public RestRate {
    if (requests < 1
        || per.compareTo(Duration.ofMillis(1)) < 0
        || per.compareTo(Duration.ofDays(1)) > 0
        || requests > per.toNanos()) {
      throw QilinException.invalid(
          "a rate is at least 1 request in 1 ms to 1 day, and at most 1 in a nanosecond, was "
              + requests + " in " + per);
    }
  }
}
