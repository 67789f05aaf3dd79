package io.qilin.ops.backup;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A backup that was whole when it was made.
 *
 * @param name that of its folder, for example {@code 0000000042-20260105T013000Z}: sorted by name, backups stand in the order in
 *     which they were made, whatever the clock did
 * @param sequence its number, from 1
 * @param began when its parts began to be copied, by the host's clock: all that was acknowledged before is in it
 * @param ended when it was whole
 * @param versions of what wrote the stores, by name, as the host stated them
 * @param parts in the order in which they were copied
 * @param digest the SHA-256 of its manifest, 64 hex digits; kept elsewhere, it shows whether any of the backup was changed
 */
public record Backup(
    String name,
    long sequence,
    Instant began,
    Instant ended,
    Map<String, String> versions,
    List<BackedPart> parts,
    String digest) {
  /** Checks and copies. */
  public Backup {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(began, "began");
    Objects.requireNonNull(ended, "ended");
    Objects.requireNonNull(digest, "digest");
    if (sequence < 1) {
      throw QilinException.invalid("backups are numbered from 1, not " + sequence);
    }
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    parts = List.copyOf(parts);
  }

  /** The sizes of all files together. */
  public long bytes() {
    return parts.stream().mapToLong(BackedPart::bytes).sum();
  }
}
