package io.qilin.ops.backup;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a retention did.
 *
 * @param kept names of the backups that are there, in order
 * @param removed names of those that are not there any more
 * @param newestSound the newest backup that was found whole; empty if none was, and then nothing was removed
 */
public record RetentionReport(
    List<String> kept, List<String> removed, Optional<String> newestSound) {
  /** Checks and copies. */
  public RetentionReport {
    kept = List.copyOf(kept);
    removed = List.copyOf(removed);
    Objects.requireNonNull(newestSound, "newestSound");
  }
}
