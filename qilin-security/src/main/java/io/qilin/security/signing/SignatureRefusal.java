package io.qilin.security.signing;

/** Why a signed request was refused: for the audit log, never for the caller, who always gets the same answer. */
public enum SignatureRefusal {
  /** A header of the signature is missing, or there twice. */
  HEADER_MISSING,
  /** A header of the signature has another form. */
  HEADER_MALFORMED,
  /** A header that must be signed is not. */
  HEADER_UNSIGNED,
  /** It is too long to be signed, or not well-formed Unicode. */
  REQUEST_MALFORMED,
  /** Its time is too far from now. */
  TIMESTAMP,
  /** There is no key of this id. */
  KEY_UNKNOWN,
  /** Its key is revoked. */
  KEY_REVOKED,
  /** Its key's time is over. */
  KEY_EXPIRED,
  /** The signature is not one of its key over this request. */
  SIGNATURE,
  /** It was accepted before. */
  REPLAY,
  /** It is from a time of which not all requests are remembered any more. */
  NONCE_TOO_OLD,
  /** There is no room to remember it. */
  NONCE_FULL,
  /** The clock, the keys or the nonces failed or gave nonsense. */
  UNAVAILABLE
}
