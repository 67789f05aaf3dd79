package io.qilin.ops.resilience;

import java.time.Instant;
import java.util.Objects;

/**
 * A failure that is remembered for a person who looks.
 *
 * @param at when it was met
 * @param failure what failed
 */
public record SeenFailure(Instant at, CallFailure failure) {
  /** Checks that the parts are there. */
  public SeenFailure {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(failure, "failure");
  }
}
