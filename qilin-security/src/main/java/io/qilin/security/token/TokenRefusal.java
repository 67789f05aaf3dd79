package io.qilin.security.token;

/** Why a token was refused: for the audit log, never for the caller, who always gets the same answer. */
public enum TokenRefusal {
  /** No token was given. */
  MISSING,
  /** The Authorization header is not {@code Bearer}, one blank, and a token. */
  AUTHORIZATION_HEADER,
  /** It is longer than is read. */
  TOO_LARGE,
  /** It is not three parts of canonical base64url. */
  MALFORMED,
  /** Its header is not strict JSON, or carries a member that is not allowed. */
  HEADER,
  /** Its algorithm is not that of its key. */
  ALGORITHM,
  /** It names no key, or one that is not known. */
  KEY_UNKNOWN,
  /** Its key is revoked, or the overlap after its rotation is over. */
  KEY_REVOKED,
  /** Its signature is not one of its key. */
  SIGNATURE,
  /** It is a token of another type. */
  TYPE,
  /** Its claims are not strict JSON, or one is missing or of a wrong kind. */
  CLAIMS,
  /** It is of another issuer. */
  ISSUER,
  /** It is for another audience. */
  AUDIENCE,
  /** It is over. */
  EXPIRED,
  /** It begins later, or says that it was issued later than now. */
  NOT_YET_VALID,
  /** It lives longer than is allowed. */
  LIFE_TOO_LONG,
  /** It was revoked. */
  TOKEN_REVOKED,
  /** The server that was asked says that it is not active. */
  INACTIVE,
  /** The clock, the revocation list or the server that was asked failed or gave nonsense. */
  UNAVAILABLE
}
