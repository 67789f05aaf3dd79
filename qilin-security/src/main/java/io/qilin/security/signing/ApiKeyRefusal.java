package io.qilin.security.signing;

/** Why an API key was refused: for the audit log, never for the caller, who always gets the same answer. */
public enum ApiKeyRefusal {
  /** None was given. */
  MISSING,
  /** It does not have the form of a key. */
  MALFORMED,
  /** There is no key of this id. */
  UNKNOWN,
  /** The secret part is another. */
  WRONG,
  /** It was revoked. */
  REVOKED,
  /** Its time is over, or the overlap after its rotation is. */
  EXPIRED,
  /** It is not for this. */
  SCOPE,
  /** The store or the clock failed or gave nonsense. */
  UNAVAILABLE
}
