package io.qilin.security.threat;

/** How a call ended, as signals learn it. */
public enum CallOutcome {
  /** It was allowed. */
  ALLOWED,
  /** Who calls could not be established: a wrong password, token or signature. */
  NOT_AUTHENTICATED,
  /** The caller is known and was refused. */
  REFUSED
}
