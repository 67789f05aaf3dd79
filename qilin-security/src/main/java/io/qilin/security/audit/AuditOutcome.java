package io.qilin.security.audit;

/** How an audited action stands. */
public enum AuditOutcome {
  /** It is about to be done; an entry of the same correlation id says later how it ended. */
  INTENT,
  /** It was done. */
  SUCCEEDED,
  /** It was begun and failed. */
  FAILED,
  /** It was refused. */
  DENIED,
  /** Something that is no action: a start, a change of settings, an observation. */
  NOTICE;

  /** Whether an entry with this outcome closes an intent. */
  public boolean closesIntent() {
    return this == SUCCEEDED || this == FAILED || this == DENIED;
  }
}
