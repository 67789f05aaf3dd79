package io.qilin.core.rules;

import io.qilin.api.error.QilinException;

/** How sure a row of the rule book is. */
public enum Confirmation {
  /** Two or more independent public sources, or market data, agree. */
  CONFIRMED("confirmed"),
  /** One public source says so. */
  ONE_SOURCE("one source"),
  /** In the exchange's published rules as generally quoted; not checked word by word. */
  PUBLISHED("published"),
  /** Practitioners' knowledge; check it before relying on it. */
  NOT_CONFIRMED("not confirmed");

  private final String text;

  Confirmation(String text) {
    this.text = text;
  }

  static Confirmation parse(String text) {
    for (Confirmation value : values()) {
      if (value.text.equals(text)) {
        return value;
      }
    }
    throw QilinException.invalid("no such confirmation");
  }

  /** As written in the tables, for example {@code not confirmed}. */
  @Override
  public String toString() {
    return text;
  }
}
