package io.qilin.security.threat;

import java.time.Duration;
import java.time.Instant;

/**
 * A count that halves with time.
 *
 * @param value the count at the moment
 * @param at the moment
 */
record Decaying(double value, Instant at) {
  /** What is left at a later moment; at an earlier one nothing has decayed. */
  double at(Instant now, Duration halfLife) {
    double elapsed = Math.max(0, seconds(Duration.between(at, now)));
    return value * StrictMath.pow(0.5, elapsed / seconds(halfLife));
  }

  static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }

  /** The count with some more; a clock that goes back does not set it back. */
  Decaying plus(double more, Instant now, Duration halfLife) {
    return new Decaying(at(now, halfLife) + more, now.isAfter(at) ? now : at);
  }
}
