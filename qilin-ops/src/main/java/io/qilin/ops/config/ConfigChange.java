package io.qilin.ops.config;

import java.util.Objects;
import java.util.Optional;

/**
 * How one setting differs between two configurations, fit to be shown: a secret is {@code ***} before and after. Immutable.
 *
 * @param path where it stands
 * @param before its text in the older, if it is there
 * @param after its text in the newer, if it is there
 * @param kind what became of it
 */
public record ConfigChange(
    String path, Optional<String> before, Optional<String> after, Kind kind) {
  /** What became of a setting. */
  public enum Kind {
    /** Only the newer has it. */
    ADDED,
    /** Only the older has it. */
    REMOVED,
    /** Both have it, with different texts. */
    CHANGED
  }

  /** Checks. */
  public ConfigChange {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(kind, "kind");
  }
}
