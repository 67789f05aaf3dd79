package io.qilin.security.audit;

import java.util.List;
import java.util.OptionalLong;

/**
 * An answer to a query.
 *
 * @param records in the order of their numbers
 * @param next where to go on; empty if the log was read to its end
 */
public record AuditPage(List<AuditRecord> records, OptionalLong next) {
  /** Copies the list. */
  public AuditPage {
    records = List.copyOf(records);
  }
}
