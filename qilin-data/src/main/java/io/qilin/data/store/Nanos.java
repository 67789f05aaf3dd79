package io.qilin.data.store;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;

/** Moments and lengths of time as nanoseconds. */
final class Nanos {
  private static final long SECOND = 1_000_000_000L;

  private Nanos() {}

  /** Nanoseconds since 1970. */
  static long of(Instant moment) {
    try {
      return Math.addExact(
          Math.multiplyExact(moment.getEpochSecond() + 1, SECOND), moment.getNano() - SECOND);
    } catch (ArithmeticException e) {
      throw QilinException.invalid("a moment is from 1677-09-21 to 2262-04-11, was " + moment);
    }
  }

  /** A length of time; what is too long for a number is the longest. */
  static long of(Duration length) {
    try {
      return length.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
