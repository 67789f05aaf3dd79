package io.qilin.security.screening;

/** Whether a text is what the kind of its field allows. */
final class FieldKinds {
  static final RuleInfo RULE = new RuleInfo(
      "QS-KIND-01",
      AttackCategory.FIELD_KIND,
      1,
      Rule.CRITICAL,
      "a field that does not hold what its kind allows");

  private static final int MAX_IDENTIFIER = 128;
  private static final int MAX_NUMBER = 64;
  private static final int MAX_EXPRESSION = 4096;

  private FieldKinds() {}

  /** The number of characters up to the first that does not fit, or -1 if all is well. */
  static int misfit(FieldKind kind, String text) {
    return switch (kind) {
      case TEXT, FREE_TEXT -> -1;
      case IDENTIFIER -> identifier(text);
      case NUMBER -> number(text);
      case EXPRESSION -> expression(text);
      case PATH -> path(text);
    };
  }

  private static int identifier(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (i >= MAX_IDENTIFIER
          || !(Character.isLetterOrDigit(c) || (c < 128 && "_.:@-".indexOf(c) >= 0))) {
        return i + 1;
      }
      i += Character.charCount(c);
    }
    return -1;
  }

  private static int number(String text) {
    int at = 0;
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    int whole = digits(text, at);
    int end = whole;
    if (end < text.length() && text.charAt(end) == '.') {
      end = digits(text, end + 1);
    }
    if (end - at < 1 || (end - at == 1 && text.charAt(at) == '.')) {
      return Math.min(at + 1, text.length());
    }
    if (end < text.length() && (text.charAt(end) | 0x20) == 'e') {
      int exponent = end + 1;
      if (exponent < text.length()
          && (text.charAt(exponent) == '-' || text.charAt(exponent) == '+')) {
        exponent++;
      }
      int after = digits(text, exponent);
      if (after == exponent) {
        return Math.min(exponent + 1, text.length());
      }
      end = after;
    }
    if (text.length() > MAX_NUMBER) {
      return MAX_NUMBER + 1;
    }
    return end == text.length() ? -1 : end + 1;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static int expression(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (i >= MAX_EXPRESSION || !(letter || "$_.,()+-*/%<>=!&|?:^~ \t\r\n".indexOf(c) >= 0)) {
        return i + 1;
      }
    }
    return -1;
  }

  private static int path(String text) {
    if (text.isEmpty() || text.charAt(0) == '/' || text.charAt(0) == '~') {
      return Math.min(1, text.length());
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean up = c == '.'
          && text.startsWith("..", i)
          && (i == 0 || text.charAt(i - 1) == '/')
          && (i + 2 == text.length() || text.charAt(i + 2) == '/');
      if (up || c == '\\' || c == '%' || c == ':' || Character.isISOControl(c)) {
        return i + 1;
      }
    }
    return -1;
  }
}
