package io.qilin.ops.internal;

import java.util.Locale;

/** Text of others where one thing is one line: in logs, messages and reports. Stateless. */
public final class VisibleText {
  private VisibleText() {}

  /** Whether a character neither hides nor ends a line: no control, format, surrogate or separator character. */
  public static boolean visible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  /** The text with all other characters as {@code \\uXXXX}. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(c, out));
    return out.toString();
  }

  /** One character, as itself or by its number. */
  public static void append(int codePoint, StringBuilder out) {
    if (visible(codePoint)) {
      out.appendCodePoint(codePoint);
    } else {
      out.append(String.format(Locale.ROOT, "\\u%04X", codePoint));
    }
  }
}
