package io.qilin.ops.internal;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/** Lengths of time and numbers that settings may have; what is beyond is refused by name. */
public final class Lengths {
  private static final Duration LONGEST = Duration.ofDays(365);

  private Lengths() {}

  /** The length, if it is positive and at most 365 days, which fit into nanoseconds. */
  public static Duration positive(Duration length, String name) {
    return positive(length, LONGEST, "365 days", name);
  }

  /** The same up to a day. */
  public static Duration withinADay(Duration length, String name) {
    return positive(length, Duration.ofDays(1), "a day", name);
  }

  /** The same up to a minute. */
  public static Duration withinAMinute(Duration length, String name) {
    return positive(length, Duration.ofMinutes(1), "a minute", name);
  }

  private static Duration positive(Duration length, Duration longest, String most, String name) {
    if (length.isNegative() || length.isZero() || length.compareTo(longest) > 0) {
      throw QilinException.invalid(
          name + " must be positive and at most " + most + ", was " + length);
    }
    return length;
  }

  /** The number, if it is from 1 to the most. */
  public static int within(int value, int most, String name) {
    if (value < 1 || value > most) {
      throw QilinException.invalid(name + " must be 1 to " + most + ", was " + value);
    }
    return value;
  }
}
