package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/**
 * What one query may cost.
 *
 * @param bytes of one answer, unpacked
 * @param rows of all answers
 * @param columns of one answer
 * @param requests that one query sends, without repetitions
 * @param requestTime for one request and its answer
 * @param queryTime for the whole query with all waits
 */
public record RestLimits(
    int bytes, int rows, int columns, int requests, Duration requestTime, Duration queryTime) {
  /** 32 MiB, 1,000,000 rows, 256 columns, 1,000 requests, 10 s and 60 s. */
  public static final RestLimits DEFAULT = new RestLimits(
      1 << 25, 1_000_000, 256, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(60));

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if one is not positive, or a time is above 1 day
   */
  public RestLimits {
    if (bytes < 1 || rows < 1 || columns < 1 || requests < 1) {
      throw QilinException.invalid("limits are positive, were " + bytes + " bytes, " + rows
          + " rows, " + columns + " columns, " + requests + " requests");
    }
    time(requestTime);
    time(queryTime);
  }

  private static void time(Duration time) {
    if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(Duration.ofDays(1)) > 0) {
      throw QilinException.invalid("times are 1 ms to 1 day, one was " + time);
    }
  }

  /** The same with another limit of bytes. */
  public RestLimits withBytes(int most) {
    return new RestLimits(most, rows, columns, requests, requestTime, queryTime);
  }

  /** The same with another limit of rows. */
  public RestLimits withRows(int most) {
    return new RestLimits(bytes, most, columns, requests, requestTime, queryTime);
  }

  /** The same with another limit of requests. */
  public RestLimits withRequests(int most) {
    return new RestLimits(bytes, rows, columns, most, requestTime, queryTime);
  }

  /** The same with other times. */
  public RestLimits withTimes(Duration oneRequest, Duration wholeQuery) {
    return new RestLimits(bytes, rows, columns, requests, oneRequest, wholeQuery);
  }
}
