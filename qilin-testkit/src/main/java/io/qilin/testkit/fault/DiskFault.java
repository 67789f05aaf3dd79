package io.qilin.testkit.fault;

/** The ways in which a {@link FaultDisk} fails. */
public enum DiskFault {
  /** What needs room, writing, making and renaming files, fails as on a full disk. */
  NO_SPACE,
  /** Any operation fails. */
  IO_ERROR,
  /** A write writes half and says so. */
  SHORT_WRITE,
  /** A write writes half and fails. */
  TORN_WRITE,
  /** Forcing fails, and what was to be forced is never written by a later force, as on most systems. */
  FAILED_FORCE
}
