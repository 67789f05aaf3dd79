package io.qilin.ops.resilience;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an answer comes from.
 *
 * @param kind by which way
 * @param name the dependency, or the fallback
 * @param attempts how many attempts at the dependency were begun, hedges included; 0 if none was let through
 * @param age how old the answer is, if it is a kept copy; empty for a fresh one
 */
public record Origin(Kind kind, String name, int attempts, Optional<Duration> age) {
  /** By which way an answer came. */
  public enum Kind {
    /** By the attempt itself. */
    PRIMARY,
    /** By one that was begun beside it because it was late. */
    HEDGE,
    /** By something else. */
    FALLBACK
  }

  /** Checks that the parts are there. */
  public Origin {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(age, "age");
  }

  /** For example {@code fallback 'kept copy', PT3H old, after 2 attempts}. */
  @Override
  public String toString() {
    String who = switch (kind) {
          case PRIMARY -> "";
          case HEDGE -> "a hedge of ";
          case FALLBACK -> "fallback ";
        }
        + "'" + name + "'";
    String after = ", after " + attempts + (attempts == 1 ? " attempt" : " attempts");
    return who + age.map(length -> ", " + length + " old").orElse("") + after;
  }
}
