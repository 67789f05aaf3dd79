package io.qilin.ops.lifecycle;

import java.time.Duration;
import java.util.Objects;

/**
 * How a drain went.
 *
 * @param name the gate's
 * @param left how many pieces of work had not come out when the deadline passed; what they write may be lost
 * @param completed how many have come out since the gate was made
 * @param refused how many were not let in
 * @param duration how long it took by the ticker
 */
public record DrainReport(String name, long left, long completed, long refused, Duration duration) {
  /** Checks the parts. */
  public DrainReport {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(duration, "duration");
  }

  /** Whether nothing was left inside. */
  public boolean clean() {
    return left == 0;
  }
}
