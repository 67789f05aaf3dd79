package io.qilin.security.crypto;

/** What a key may still do. A key goes down this list and never up. */
public enum KeyState {
  /** Signs, encrypts, verifies and decrypts. */
  ACTIVE,
  /** Verifies and decrypts what was made while it was active. */
  VERIFY_ONLY,
  /** Does nothing; whatever carries its id is refused. */
  REVOKED
}
