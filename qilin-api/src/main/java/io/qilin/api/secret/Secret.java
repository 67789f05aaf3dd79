package io.qilin.api.secret;

import io.qilin.api.error.QilinException;

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
    return other instanceof Secret that && same(text, that.text);
  }

  /** Looks at every character of {@code asked}, whatever differs. */
  private static boolean same(String kept, String asked) {
    int differs = kept.length() ^ asked.length();
    for (int i = 0; i < asked.length(); i++) {
      differs |= kept.charAt(i % kept.length()) ^ asked.charAt(i);
    }
    return differs == 0;
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
