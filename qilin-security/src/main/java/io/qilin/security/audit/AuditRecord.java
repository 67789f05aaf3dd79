package io.qilin.security.audit;

import java.time.Instant;
import java.util.Objects;

/**
 * An entry in its place in a log.
 *
 * @param sequence its number; the first record of a log has 1, and none is left out
 * @param at when it was handed in, by the host's clock, which may have been set back
 * @param entry what happened; fields that were erased since are {@link AuditField.State#ERASED}
 * @param previous the hash of the record before
 * @param hash the hash of this record, which is its leaf in the tree; erasing a field does not change it
 */
public record AuditRecord(
    long sequence, Instant at, AuditEntry entry, AuditHash previous, AuditHash hash) {
  /** Checks the parts. */
  public AuditRecord {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(previous, "previous");
    Objects.requireNonNull(hash, "hash");
  }
}
