package io.qilin.security.screening;

/**
 * Reads a text as a shell would: quotation marks, backslashes and carets inside words fall away, as do parameters that are
 * empty ({@code $@}, {@code $*}, {@code $1}, {@code $u}); {@code $IFS} is a blank.
 */
final class ShellQuoting {
  private ShellQuoting() {}

  static boolean quoted(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\'', '"', '\\', '^', '$', '{', '`' -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  static String remove(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '$') {
        at = parameter(text, at, out);
      } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
        at += 2;
      } else if (c == '\'' || c == '"' || c == '\\' || c == '^') {
        at++;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private static int parameter(String text, int at, StringBuilder out) {
    if (at + 1 == text.length()) {
      out.append('$');
      return at + 1;
    }
    boolean braces = text.charAt(at + 1) == '{';
    int name = at + (braces ? 2 : 1);
    if (text.regionMatches(true, name, "IFS", 0, 3)) {
      out.append(' ');
      int end = name + 3;
      if (braces) {
        int close = text.indexOf('}', end);
        return close < 0 || close > end + 16 ? end : close + 1;
      }
      return text.startsWith("$9", end) ? end + 2 : end;
    }
    char c = text.charAt(at + 1);
    if (c == '@' || c == '*' || (c >= '0' && c <= '9')) {
      return at + 2;
    }
    if (braces
        && name < text.length()
        && "@*0123456789".indexOf(text.charAt(name)) >= 0
        && text.startsWith("}", name + 1)) {
      return name + 2;
    }
    out.append('$');
    return at + 1;
  }
}
