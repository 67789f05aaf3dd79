package io.qilin.security.audit;

import java.util.Objects;

/**
 * That a record was written.
 *
 * @param sequence its number
 * @param hash its hash, with which its inclusion in the log can be proved later
 */
public record AuditReceipt(long sequence, AuditHash hash) {
  /** Checks the parts. */
  public AuditReceipt {
    Objects.requireNonNull(hash, "hash");
  }
}
