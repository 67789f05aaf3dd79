package io.qilin.security.audit;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * That fields of a record are to be erased, as the log itself records it before it does so.
 *
 * @param sequence the record
 * @param fields the names of its fields
 */
record Erasure(long sequence, SortedSet<String> fields) {
  /** The beginning of the names of the log's own actions. */
  static final String OWN_ACTIONS = "audit.";

  private static final String ACTION = OWN_ACTIONS + "erase";
  private static final String RESOURCE = "record/";
  private static final String FIELD = "field";
  private static final String REASON = "reason";

  /** The entry to record before or after. */
  AuditEntry entry(String identity, String reason, AuditOutcome outcome) {
    AuditEntry.Builder entry = AuditEntry.builder(identity, ACTION, RESOURCE + sequence, outcome)
        .correlationId(ACTION + "/" + sequence + "/" + String.join("/", fields))
        .attribute(REASON, reason);
    int number = 0;
    for (String field : fields) {
      entry.attribute(FIELD + number++, field);
    }
    return entry.build();
  }

  /** The erasure that a record announces. */
  static Optional<Erasure> announced(AuditRecord record) {
    AuditEntry entry = record.entry();
    String resource = entry.resource().text();
    boolean own = entry.action().text().equals(ACTION)
        && entry.outcome() == AuditOutcome.INTENT
        && resource.matches(RESOURCE + "[0-9]{1,18}");
    if (!own) {
      return Optional.empty();
    }
    SortedSet<String> fields = new TreeSet<>();
    entry.attributes().forEach((name, value) -> {
      if (name.startsWith(FIELD)) {
        fields.add(value.text());
      }
    });
    return Optional.of(new Erasure(Long.parseLong(resource.substring(RESOURCE.length())), fields));
  }

  /** Whether a record says that an erasure ended. */
  static boolean ended(AuditRecord record) {
    return record.entry().action().text().equals(ACTION)
        && record.entry().outcome() == AuditOutcome.SUCCEEDED;
  }
}
