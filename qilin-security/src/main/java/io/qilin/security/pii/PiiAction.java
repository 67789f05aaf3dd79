package io.qilin.security.pii;

/** What becomes of personal data. */
public enum PiiAction {
  /** Most characters become {@code *}; for display, cannot be undone. */
  MASK,
  /** The original, never its mask, is encrypted by the caller's {@link FieldProtector}; can be undone with the key. */
  ENCRYPT,
  /** A keyed token by the caller's {@link FieldProtector}: the same value has the same token, so it can be searched. */
  TOKENIZE,
  /** A keyed digest by the caller's {@link FieldProtector}; cannot be undone. */
  HASH,
  /** It goes: a member out of its object, a span out of its text. */
  DROP,
  /** It stays as it is. */
  KEEP
}
