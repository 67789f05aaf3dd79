package io.qilin.spring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a part of Qilin is.
 *
 * @param level how bad it is
 * @param reason one line; empty if it is well
 * @param facts more to know, in order; without secrets
 */
public record PartState(Level level, String reason, Map<String, Object> facts) {
  /** How bad it is. */
  public enum Level {
    /** All is well. */
    UP,
    /** It works, with less than it should have. */
    DEGRADED,
    /** It does not work. */
    DOWN
  }

  /** Copies the facts. */
  public PartState {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(reason, "reason");
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** All is well. */
  public static PartState up() {
    return new PartState(Level.UP, "", Map.of());
  }

  /** It works, with less. */
  public static PartState degraded(String reason) {
    return new PartState(Level.DEGRADED, reason, Map.of());
  }

  /** It does not work. */
  public static PartState down(String reason) {
    return new PartState(Level.DOWN, reason, Map.of());
  }

  /** The same state with more to know. */
  public PartState with(Map<String, ?> more) {
    Map<String, Object> all = new LinkedHashMap<>(facts);
    all.putAll(more);
    return new PartState(level, reason, all);
  }
}
