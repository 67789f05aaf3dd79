package io.qilin.ops.reload;

import io.qilin.api.error.QilinException;
import io.qilin.ops.config.ConfigTree;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * A configuration as it was read, whole. Immutable and safe to share between threads if the value is.
 *
 * @param value what the host uses
 * @param tree what the files said, with the origin of each entry
 * @param version 1 for the one that was read at the start, one more for each that followed
 * @param at when it was read, by the host's clock
 * @param files what it was read from
 * @param <T> the host's own type
 */
public record ConfigSnapshot<T>(
    T value, ConfigTree tree, long version, Instant at, Set<Path> files) {
  /** Checks and copies. */
  public ConfigSnapshot {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(tree, "tree");
    Objects.requireNonNull(at, "at");
    files = Set.copyOf(files);
    if (version < 1) {
      throw QilinException.invalid("a version is at least 1, was " + version);
    }
  }

  /** Shows no value: for example {@code ConfigSnapshot[version 3 of 2026-01-05T01:30:00Z]}. */
  @Override
  public String toString() {
    return "ConfigSnapshot[version " + version + " of " + at + "]";
  }
}
