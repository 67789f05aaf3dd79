package io.qilin.ops.health;

/** A question that the surroundings of a host ask, as Kubernetes does. */
public enum HealthProbe {
  /** Does it live? If not, it is started anew. */
  LIVE,
  /** Can it take work now? If not, it is sent none. */
  READY,
  /** Has it started? Until then the other two are not asked. */
  STARTUP
}
