package io.qilin.security.audit;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which records to read: those that meet every condition that is set.
 *
 * @param identity who; an erased identity is nobody's
 * @param action what was done
 * @param resource to what
 * @param correlationId of which call
 * @param from not before this moment
 * @param until before this moment
 * @param first the lowest number of a record
 * @param limit how many records at most, up to {@link #MAX_LIMIT}
 */
public record AuditQuery(
    Optional<String> identity,
    Optional<String> action,
    Optional<String> resource,
    Optional<String> correlationId,
    Optional<Instant> from,
    Optional<Instant> until,
    long first,
    int limit) {
  /** The most records in one answer. */
  public static final int MAX_LIMIT = 10_000;

  /** Checks the numbers. */
  public AuditQuery {
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(resource, "resource");
    Objects.requireNonNull(correlationId, "correlationId");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(until, "until");
    if (first < 1) {
      throw QilinException.invalid("records are numbered from 1, first was " + first);
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw QilinException.invalid("limit must be 1 to " + MAX_LIMIT + ", was " + limit);
    }
  }

  /** Every record from the first on, 1,000 at a time. */
  public static AuditQuery all() {
    return new AuditQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        1000);
  }

  /** The same for one identity. */
  public AuditQuery withIdentity(String who) {
    return new AuditQuery(
        Optional.of(who), action, resource, correlationId, from, until, first, limit);
  }

  /** The same for one action. */
  public AuditQuery withAction(String what) {
    return new AuditQuery(
        identity, Optional.of(what), resource, correlationId, from, until, first, limit);
  }

  /** The same for one resource. */
  public AuditQuery withResource(String what) {
    return new AuditQuery(
        identity, action, Optional.of(what), correlationId, from, until, first, limit);
  }

  /** The same for one call. */
  public AuditQuery withCorrelationId(String id) {
    return new AuditQuery(identity, action, resource, Optional.of(id), from, until, first, limit);
  }

  /** The same for a span of time: from a moment, that included, until another, that excluded. */
  public AuditQuery withTimes(Instant since, Instant before) {
    return new AuditQuery(
        identity,
        action,
        resource,
        correlationId,
        Optional.of(since),
        Optional.of(before),
        first,
        limit);
  }

  /** The same from this record on. */
  public AuditQuery withFirst(long sequence) {
    return new AuditQuery(identity, action, resource, correlationId, from, until, sequence, limit);
  }

  /** The same with another number of records at most. */
  public AuditQuery withLimit(int most) {
    return new AuditQuery(identity, action, resource, correlationId, from, until, first, most);
  }

  boolean matches(AuditRecord record) {
    AuditEntry entry = record.entry();
    return record.sequence() >= first
        && meets(identity, entry.identity())
        && meets(action, entry.action())
        && meets(resource, entry.resource())
        && meets(correlationId, entry.correlationId())
        && from.map(moment -> !record.at().isBefore(moment)).orElse(true)
        && until.map(moment -> record.at().isBefore(moment)).orElse(true);
  }

  private static boolean meets(Optional<String> wanted, AuditField field) {
    return wanted.isEmpty()
        || (field.state() != AuditField.State.ERASED && wanted.get().equals(field.text()));
  }
}
