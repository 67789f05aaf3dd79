package io.qilin.security.mfa;

/** Why a code was refused: for the audit log, never for the caller, who always gets the same answer. */
public enum MfaRefusal {
  /** The user has no second factor, or has not confirmed it. */
  NOT_ENROLLED,
  /** It does not have the form of a code. */
  MALFORMED,
  /** It is not the code of now, nor of one step before or after. */
  WRONG,
  /** It was right, but it, or a later one, was used before. */
  USED,
  /** There were too many wrong codes; no code is looked at for a while. */
  BLOCKED,
  /** The store or the clock failed or gave nonsense, or others keep changing the record. */
  UNAVAILABLE
}
