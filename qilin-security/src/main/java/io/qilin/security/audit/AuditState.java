package io.qilin.security.audit;

/** What an {@link AuditLog} can do just now. */
public enum AuditState {
  /** It records. */
  OPEN,
  /**
   * A write failed, for example as the disk is full: it can be read. Each further record tries again, and the log is open
   * once one succeeds.
   */
  READ_ONLY,
  /** Writing through to the disk failed: what the disk holds is not known. Close it and open it again. */
  FAILED,
  /** It was closed. */
  CLOSED
}
