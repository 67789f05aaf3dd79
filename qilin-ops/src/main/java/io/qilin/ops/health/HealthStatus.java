package io.qilin.ops.health;

/** How well a part is, from well to ill: {@link #compareTo} is greater for the worse. */
public enum HealthStatus {
  /** All of it works. */
  HEALTHY,
  /** It works, with less: a stale copy, a lost second source, a sink that drops. */
  DEGRADED,
  /** It does not work. */
  UNHEALTHY;

  /** The worse of two. */
  public HealthStatus worse(HealthStatus other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
