package io.qilin.ops.alert;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/** Lengths of time that settings may have. */
final class Lengths {
  private static final Duration LONGEST = Duration.ofDays(1);

  private Lengths() {}

  static Duration positive(Duration length, String name) {
    if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
      throw QilinException.invalid(name + " must be positive and at most a day, was " + length);
    }
    return length;
  }

  static int within(int value, int most, String name) {
    if (value < 1 || value > most) {
      throw QilinException.invalid(name + " must be 1 to " + most + ", was " + value);
    }
    return value;
  }
}
