package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import io.qilin.ops.internal.VisibleText;

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
      VisibleText.append(c, out);
      i += Character.charCount(c);
    }
    return out.length() < LONGEST_LINE ? out.toString() : out.append('…').toString();
  }
}
