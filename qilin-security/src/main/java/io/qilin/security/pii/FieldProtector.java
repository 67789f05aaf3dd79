package io.qilin.security.pii;

/**
 * Encrypts, tokenizes or digests one value; the seam to a cipher with keys. Implementations are safe to share between threads.
 */
@FunctionalInterface
public interface FieldProtector {
  /**
   * The protected form of a value.
   *
   * @param field where it stands, as a JSON pointer such as {@code /user/phone}; empty for a text alone. A cipher binds it
   * @param original the value as it was found, never a mask of it
   * @return not empty and not the original; anything else, null too, refuses the whole call
   */
  String protect(String field, String original);
}
