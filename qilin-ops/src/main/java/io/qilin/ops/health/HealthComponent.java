package io.qilin.ops.health;

import java.util.Objects;

/**
 * One part in a report.
 *
 * @param required whether the whole is UNHEALTHY when this is; otherwise it is DEGRADED
 * @param result what the check found
 */
public record HealthComponent(boolean required, HealthResult result) {
  /** Checks that the result is there. */
  public HealthComponent {
    Objects.requireNonNull(result, "result");
  }

  /** What it makes of the whole. */
  HealthStatus weight() {
    HealthStatus own = result.status();
    return required || own == HealthStatus.HEALTHY ? own : HealthStatus.DEGRADED;
  }
}
