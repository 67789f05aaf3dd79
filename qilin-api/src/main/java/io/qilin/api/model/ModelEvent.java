package io.qilin.api.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that has happened in a registry, told after it was durable.
 *
 * @param kind what
 * @param id which version
 * @param detail the stage it came to, or the alias; empty for the others
 * @param at when, by the clock of the registry
 */
public record ModelEvent(Kind kind, ModelId id, String detail, Instant at) {
  /** What can happen. */
  public enum Kind {
    /** A version was registered. */
    REGISTERED,
    /** A version came to another stage; the version that it replaces has an event of its own before. */
    MOVED,
    /** An alias points to the version from now on. */
    ALIAS_SET,
    /** An alias that pointed to the version is gone. */
    ALIAS_REMOVED,
    /** A version was deleted. */
    DELETED
  }

  /** Checks. */
  public ModelEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(at, "at");
  }
}
