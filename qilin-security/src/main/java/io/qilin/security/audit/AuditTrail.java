package io.qilin.security.audit;

/** Where what happened is recorded. Safe to share between threads. */
@FunctionalInterface
public interface AuditTrail {
  /**
   * Records one entry. When this returns, the entry is kept as durably as the trail promises; a privileged action whose
   * intent could not be recorded must not be done.
   *
   * @param entry what happened or is about to happen
   * @throws io.qilin.api.error.QilinException AUDIT_UNAVAILABLE if it is not known to be kept
   */
  void record(AuditEntry entry);
}
