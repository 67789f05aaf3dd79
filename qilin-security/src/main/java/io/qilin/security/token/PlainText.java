package io.qilin.security.token;

/** Whether a text can be a name: not empty, not too long, no blank at its ends, nothing in it that does not show. */
final class PlainText {
  private PlainText() {}

  static boolean isPlain(String text, int mostCharacters) {
    if (text.isEmpty() || text.length() > mostCharacters || !text.strip().equals(text)) {
      return false;
    }
    return text.codePoints().noneMatch(PlainText::hidden);
  }

  private static boolean hidden(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
