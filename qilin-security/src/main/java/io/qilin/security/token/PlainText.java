package io.qilin.security.token;

/** Whether a text can be a name: not empty, not too long, no blank at its ends, nothing in it that does not show. */
final class PlainText {
  private PlainText() {}

  static boolean isPlain(String text, int mostCharacters) {
    if (text.isEmpty()
        || text.length() > mostCharacters
        || blank(text, 0)
        || blank(text, text.length() - 1)) {
      return false;
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c < ' ' || (c > '~' && hidden(c))) {
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }

  private static boolean blank(String text, int at) {
    return Character.isWhitespace(text.charAt(at)) || Character.isSpaceChar(text.charAt(at));
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
