package io.qilin.security.audit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened, before it has a place in a log: who did what to what, and how it stands. An immutable value.
 *
 * <p>No value is longer than {@link AuditField#MAX_BYTES}, and all of them together take at most {@link #MAX_BYTES}: the
 * builder cuts the longest ones and keeps their true length. Secrets and tokens do not belong here: a hash or an id does.
 *
 * @param identity who
 * @param action what, for example {@code order.place}; names that begin with {@code audit.} are the log's own
 * @param resource to what
 * @param outcome how it stands
 * @param correlationId what ties the entries of one call together; not empty with an intent
 * @param attributes what else is worth knowing, by name
 */
public record AuditEntry(
    AuditField identity,
    AuditField action,
    AuditField resource,
    AuditOutcome outcome,
    AuditField correlationId,
    SortedMap<String, AuditField> attributes) {
  /** The most bytes of UTF-8 in all values and names of one entry. */
  public static final int MAX_BYTES = 64 * 1024;

  /** The most attributes. */
  public static final int MAX_ATTRIBUTES = 64;

  /** The most bytes of UTF-8 in the name of an attribute. */
  public static final int MAX_NAME_BYTES = 1024;

  /** Room for what says how long a name was that is cut. */
  private static final int CUT_MARK_BYTES = 24;

  /** Checks the sizes and copies the attributes. */
  public AuditEntry {
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(resource, "resource");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(correlationId, "correlationId");
    SortedMap<String, AuditField> sorted = new TreeMap<>(attributes);
    sorted.forEach(AuditEntry::check);
    if (sorted.size() > MAX_ATTRIBUTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "an audit entry has " + sorted.size() + " attributes, at most " + MAX_ATTRIBUTES
              + " are kept");
    }
    if (action.text().isEmpty()) {
      throw QilinException.invalid("the action of an audit entry is empty; name what is done");
    }
    if (outcome == AuditOutcome.INTENT && correlationId.text().isEmpty()) {
      throw QilinException.invalid(
          "an intent has no correlation id; give one, so that its outcome can be told");
    }
    int bytes = identity.bytes() + action.bytes() + resource.bytes() + correlationId.bytes();
    for (Map.Entry<String, AuditField> one : sorted.entrySet()) {
      bytes += Utf8.length(one.getKey()) + one.getValue().bytes();
    }
    if (bytes > MAX_BYTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "an audit entry has " + bytes + " bytes, at most " + MAX_BYTES
              + " are kept; build it with AuditEntry.builder");
    }
    attributes = Collections.unmodifiableSortedMap(sorted);
  }

  private static void check(String name, AuditField value) {
    Objects.requireNonNull(value, "attribute");
    if (name.isEmpty() || Utf8.length(name) > MAX_NAME_BYTES || Utf8.broken(name)) {
      throw QilinException.invalid("the name of an attribute, " + QilinException.quote(name)
          + ", must have 1 to " + MAX_NAME_BYTES + " bytes of whole characters");
    }
  }

  /** Begins an entry; the values may have any length. */
  public static Builder builder(
      String identity, String action, String resource, AuditOutcome outcome) {
    return new Builder(identity, action, resource, outcome);
  }

  /** Puts an entry together. Not safe to share between threads. */
  public static final class Builder {
    private final String identity;
    private final String action;
    private final String resource;
    private final AuditOutcome outcome;
    private final SortedMap<String, String> attributes = new TreeMap<>();
    private String correlationId = "";

    private Builder(String identity, String action, String resource, AuditOutcome outcome) {
      this.identity = Objects.requireNonNull(identity, "identity");
      this.action = Objects.requireNonNull(action, "action");
      this.resource = Objects.requireNonNull(resource, "resource");
      this.outcome = Objects.requireNonNull(outcome, "outcome");
    }

    /** What ties the entries of one call together; empty unless set. */
    public Builder correlationId(String id) {
      correlationId = Objects.requireNonNull(id, "correlationId");
      return this;
    }

    /**
     * Adds an attribute; a second value for a name replaces the first. A name that is too long is cut, and its true length
     * put behind it.
     */
    public Builder attribute(String name, String value) {
      attributes.put(fitting(name), Objects.requireNonNull(value, "value"));
      return this;
    }

    private static String fitting(String name) {
      if (Utf8.prefix(name, MAX_NAME_BYTES) == name.length()) {
        return Utf8.mended(name);
      }
      String kept = name.substring(0, Utf8.prefix(name, MAX_NAME_BYTES - CUT_MARK_BYTES));
      return Utf8.mended(kept) + "…[" + name.length() + "]";
    }

    /**
     * The entry; values that are too long are cut.
     *
     * @throws QilinException INVALID_ARGUMENT or LIMIT_EXCEEDED if a name or the number of attributes is out of bounds
     */
    public AuditEntry build() {
      int limit = limit();
      SortedMap<String, AuditField> fields = new TreeMap<>();
      attributes.forEach((name, value) -> fields.put(name, AuditField.of(value, limit)));
      return new AuditEntry(
          AuditField.of(identity, limit),
          AuditField.of(action, limit),
          AuditField.of(resource, limit),
          outcome,
          AuditField.of(correlationId, limit),
          fields);
    }

    /** The length to which the longest values must be cut so that all of them fit. */
    private int limit() {
      List<String> values = new ArrayList<>(List.of(identity, action, resource, correlationId));
      values.addAll(attributes.values());
      int left = MAX_BYTES;
      for (String name : attributes.keySet()) {
        left -= Math.min(Utf8.length(name), MAX_NAME_BYTES);
      }
      int[] sizes = new int[values.size()];
      for (int i = 0; i < sizes.length; i++) {
        String value = values.get(i);
        String kept = value.substring(0, Utf8.prefix(value, AuditField.MAX_BYTES));
        sizes[i] = kept.length() < value.length() ? AuditField.MAX_BYTES : Utf8.length(kept);
      }
      Arrays.sort(sizes);
      for (int i = 0; i < sizes.length; i++) {
        int share = Math.max(0, left) / (sizes.length - i);
        if (sizes[i] > share) {
          return share;
        }
        left -= sizes[i];
      }
      return AuditField.MAX_BYTES;
    }
  }
}
