package io.qilin.ops.backup;

import java.util.Objects;

/**
 * A part in a backup.
 *
 * @param name its name
 * @param files how many files it has
 * @param bytes their sizes together
 * @param said what its check found when the backup was made
 */
public record BackedPart(String name, int files, long bytes, String said) {
  /** Checks the parts. */
  public BackedPart {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(said, "said");
  }
}
