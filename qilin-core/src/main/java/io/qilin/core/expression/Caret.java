package io.qilin.core.expression;

import java.util.Locale;

/** Shows a place in a text: the text around it on one line, a caret under it on the next. */
final class Caret {
  private static final int BEFORE = 48;
  private static final int AFTER = 32;

  private Caret() {}

  /** Two indented lines; what is not plain ASCII or Chinese is written as {@code \\uXXXX}. */
  static String under(String text, int position) {
    int from = Math.max(0, position - BEFORE);
    int to = Math.min(text.length(), position + AFTER);
    StringBuilder line = new StringBuilder(from > 0 ? "…" : "");
    int columns = line.length();
    for (int i = from; i < to; i++) {
      String shown = visible(text.charAt(i));
      line.append(shown);
      if (i < position) {
        columns += Lexer.isChinese(text.charAt(i)) ? 2 : shown.length();
      }
    }
    line.append(to < text.length() ? "…" : "");
    return "  " + line + "\n  " + " ".repeat(columns) + "^";
  }

  private static String visible(char c) {
    if ((c >= ' ' && c < 0x7f) || Lexer.isChinese(c)) {
      return String.valueOf(c);
    }
    return c == '\t' ? " " : String.format(Locale.ROOT, "\\u%04X", (int) c);
  }
}
