package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import java.util.Locale;

/** Text from outside made fit for a line of a message. */
final class Shown {
  private static final int LONGEST_LINE = 1_000;

  private Shown() {}

  /** In quotes, cut, without credentials. */
  static String quote(String text) {
    return QilinException.quote(Sealed.is(text) ? Sealed.SHOWN : Credentials.masked(text));
  }

  /** Without quotes: what would end or disguise the line is escaped, what is beyond 1,000 characters cut. */
  static String line(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && out.length() < LONGEST_LINE; ) {
      int c = text.codePointAt(i);
      if (c == ' ' || visible(c)) {
        out.appendCodePoint(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04X", c));
      }
      i += Character.charCount(c);
    }
    return out.length() < LONGEST_LINE ? out.toString() : out.append('…').toString();
  }

  static boolean visible(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
