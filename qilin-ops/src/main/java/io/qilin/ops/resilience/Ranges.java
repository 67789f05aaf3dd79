package io.qilin.ops.resilience;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Optional;

/** Checks the parts of a policy, each by its name. */
final class Ranges {
  /** No length of a policy is longer: nothing that is tuned in years is a timeout, and all sums stay far from overflow. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private Ranges() {}

  static void whole(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw bad(name + " is " + least + " to " + most + ", was " + value);
    }
  }

  static void share(String name, double value, boolean zero) {
    if (!(value >= 0 && value <= 1) || (value == 0 && !zero)) {
      throw bad(name + " is " + (zero ? "0" : "above 0") + " to 1, was " + value);
    }
  }

  static void length(String name, Duration length) {
    if (length.isNegative() || length.compareTo(LONGEST) > 0) {
      throw bad(name + " is zero to " + LONGEST + ", was " + length);
    }
  }

  static void positive(String name, Duration length) {
    length(name, length);
    if (length.isZero()) {
      throw bad(name + " is above zero, was " + length);
    }
  }

  /** The breaker counts its open time in milliseconds. */
  static void atLeastOneMilli(String name, Duration length) {
    length(name, length);
    if (length.toMillis() < 1) {
      throw bad(name + " is at least a millisecond, was " + length);
    }
  }

  static void before(String name, Duration length, String other, Optional<Duration> limit) {
    if (limit.isPresent() && length.compareTo(limit.get()) >= 0) {
      throw bad(name + " is shorter than " + other + ", was " + length + " of " + limit.get());
    }
  }

  static QilinException bad(String message) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
