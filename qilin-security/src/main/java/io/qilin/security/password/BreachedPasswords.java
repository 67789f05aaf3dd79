package io.qilin.security.password;

import io.qilin.api.error.QilinException;
import java.util.Set;

/**
 * A list of passwords that became known, asked so that it never learns the password (k-anonymity, as the range service of Have I
 * Been Pwned does): it gets the first five hexadecimal digits of the SHA-1 and answers the rest of all that begin so.
 * Implementations are safe to share between threads.
 */
@FunctionalInterface
public interface BreachedPasswords {
  /**
   * The remaining 35 upper-case hexadecimal digits of every known SHA-1 that begins with {@code prefix}.
   *
   * @param prefix five upper-case hexadecimal digits
   * @throws QilinException if the list cannot be asked; the password is then refused
   */
  Set<String> suffixes(String prefix);
}
