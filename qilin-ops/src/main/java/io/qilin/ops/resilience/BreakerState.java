package io.qilin.ops.resilience;

/** Whether calls are let through. */
public enum BreakerState {
  /** They are. */
  CLOSED,
  /** A few are, and decide. */
  PROBING,
  /** None is. */
  OPEN
}
