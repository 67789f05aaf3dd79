package io.qilin.ops.health;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a check found.
 *
 * @param status how well the part is
 * @param reason one line for an operator, without secrets; empty where all is well
 * @param facts what the part says of itself by name, for example {@code stale-seconds}; without secrets, sorted
 */
public record HealthResult(HealthStatus status, String reason, Map<String, String> facts) {
  /** Checks and copies. */
  public HealthResult {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(reason, "reason");
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /** All is well. */
  public static HealthResult healthy() {
    return new HealthResult(HealthStatus.HEALTHY, "", Map.of());
  }

  /** It works, with less. */
  public static HealthResult degraded(String reason) {
    return new HealthResult(HealthStatus.DEGRADED, reason, Map.of());
  }

  /** It does not work. */
  public static HealthResult unhealthy(String reason) {
    return new HealthResult(HealthStatus.UNHEALTHY, reason, Map.of());
  }

  /** The same with one more fact. */
  public HealthResult with(String name, Object value) {
    Map<String, String> more = new TreeMap<>(facts);
    more.put(name, String.valueOf(value));
    return new HealthResult(status, reason, more);
  }
}
