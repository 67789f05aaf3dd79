package io.qilin.ops.logging;

import java.util.Objects;

/**
 * Hides in a text what no log may hold. Implementations are safe to share between threads, take time linear in the text, and throw
 * rather than let a text pass that they cannot judge: its line is then written without it.
 *
 * <p>A host adds its own by a lambda, for example {@code secrets.and(LogMasker.credentials()).and(redactor::text)} with its {@link
 * KnownSecrets} and the {@code PiiRedactor} of qilin-security. Known secrets come first: what masks by form takes a comma for the end
 * of a password, and the rest of one that it cut through is no longer known.
 */
@FunctionalInterface
public interface LogMasker {
  /** What stands in place of what was hidden. */
  String HIDDEN = "***";

  /** The text without what must not be seen; the same text if there is nothing. */
  String mask(String text);

  /** Hides nothing. */
  static LogMasker none() {
    return text -> text;
  }

  /**
   * Hides credentials that show by their form: between {@code ://} and {@code @} of an address, after {@code Authorization:} and
   * {@code Cookie:}, after names such as {@code password}, {@code token}, {@code api-key} or {@code 密码} with {@code =} or {@code :},
   * after {@code Bearer} and {@code Basic}, and PEM blocks.
   */
  static LogMasker credentials() {
    return CredentialMasker::mask;
  }

  /**
   * Whether the value of a field of this name is a credential, whatever it looks like.
   *
   * @param name for example {@code access-token}
   */
  static boolean hidesField(String name) {
    return CredentialName.secret(name);
  }

  /** This one, then another on what it left. */
  default LogMasker and(LogMasker next) {
    Objects.requireNonNull(next, "next");
    return text -> next.mask(mask(text));
  }
}
