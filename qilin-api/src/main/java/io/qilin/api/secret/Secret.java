package io.qilin.api.secret;

import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password, key or token. It prints as {@code ***} and is never part of a record, a message or a log; only {@link #reveal}
 * gives it away, so that every such place can be found. Equality takes the same time wherever two secrets differ. Immutable.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * Holds a secret.
   *
   * @throws QilinException INVALID_ARGUMENT if it is empty
   */
  public static Secret of(String text) {
    if (text.isEmpty()) {
      throw QilinException.invalid("a secret is not empty");
    }
    return new Secret(text);
  }

  /** The secret itself. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), that.text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return 1;
  }

  /** {@code ***}. */
  @Override
  public String toString() {
    return "***";
  }
}
