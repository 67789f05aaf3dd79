package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;

/** Lengths of time in settings: long enough to mean something, short enough to count in nanoseconds. */
final class Spans {
  private static final Duration LONGEST = Duration.ofDays(365);

  private Spans() {}

  static Duration check(String name, Duration span) {
    if (span.isNegative() || span.isZero() || span.compareTo(LONGEST) > 0) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION, name + " is above 0 and at most 365 days, was " + span);
    }
    return span;
  }
}
