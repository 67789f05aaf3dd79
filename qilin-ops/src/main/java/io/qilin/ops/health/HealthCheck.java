package io.qilin.ops.health;

/** Looks at one part. May block, and may be interrupted when it takes too long; a throw is an UNHEALTHY part. */
@FunctionalInterface
public interface HealthCheck {
  /** How the part is now. */
  HealthResult check() throws Exception;
}
