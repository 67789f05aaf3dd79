package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;

/** Moments as nanoseconds since 1970, so that they are compared without objects; good for the years 1678 to 2262. */
final class EpochNanos {
  private static final long SECOND = 1_000_000_000L;
  private static final long LAST_SECOND = Long.MAX_VALUE / SECOND - 1;

  private EpochNanos() {}

  static long of(Instant moment) {
    long second = moment.getEpochSecond();
    if (second > LAST_SECOND || second < -LAST_SECOND) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "a moment in a stream lies between 1678 and 2262, was " + moment);
    }
    return second * SECOND + moment.getNano();
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  /** A length within what a window may have. */
  static long of(Duration length) {
    return length.toNanos();
  }
}
