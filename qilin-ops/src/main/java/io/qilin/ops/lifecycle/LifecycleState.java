package io.qilin.ops.lifecycle;

/** Where a host is between its start and its end. */
public enum LifecycleState {
  /** Built, nothing is started. */
  NEW,
  /** Its parts are being started. */
  STARTING,
  /** All parts are started, and work is taken. */
  RUNNING,
  /** No more work is taken, what was taken is being ended. */
  DRAINING,
  /** Its parts are being stopped. */
  STOPPING,
  /** All parts have been stopped, or told to; the report says how each ended. */
  STOPPED,
  /** A part could not be started; those before it have been stopped. */
  FAILED
}
