package io.qilin.core.expression;

/**
 * A word of an expression.
 *
 * @param text of a FIELD without {@code $}, of a STRING without quotes
 * @param position index of its first character
 */
record Token(Kind kind, String text, int position) {
  enum Kind {
    NUMBER,
    NAME,
    FIELD,
    STRING,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** How a message names the token. */
  String words() {
    return switch (kind) {
      case END -> "the end";
      case FIELD -> "'$" + text + "'";
      case STRING -> "a text in quotes";
      default -> "'" + text + "'";
    };
  }
}
