package io.qilin.ops.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * A configuration as it was read once. Immutable where its record is.
 *
 * @param value the record
 * @param tree where each of its settings came from, without secrets
 * @param files every file that was looked at, absolute and normalised, in order: also an optional one and a variant for a
 *     profile that were absent, so that they are seen when they come; a folder stands before its files, as what is in it counts
 */
public record Loaded<T>(T value, ConfigTree tree, Set<Path> files) {
  /** Checks and copies. */
  public Loaded {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(tree, "tree");
    files = Collections.unmodifiableSet(new LinkedHashSet<>(files));
  }

  /** The tree and the number of files; not the value, which may print an address with its credentials. */
  @Override
  public String toString() {
    return "Loaded[" + tree + ", " + files.size() + " files]";
  }
}
