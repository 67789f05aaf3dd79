package io.qilin.security.screening;

/** Reads comments of SQL as MySQL does: a plain comment is a blank, what stands in {@code /*! }… is part of the statement. */
final class SqlComments {
  private SqlComments() {}

  static String remove(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("/*", at)) {
        at = comment(text, at + 2, out);
      } else if (text.startsWith("*/", at)) {
        out.append(' ');
        at += 2;
      } else {
        out.append(text.charAt(at++));
      }
    }
    return out.toString();
  }

  private static int comment(String text, int begin, StringBuilder out) {
    out.append(' ');
    if (begin < text.length() && text.charAt(begin) == '!') {
      int at = begin + 1;
      while (at < text.length() && at < begin + 7 && Character.isDigit(text.charAt(at))) {
        at++;
      }
      return at;
    }
    int end = text.indexOf("*/", begin);
    return end < 0 ? text.length() : end + 2;
  }
}
