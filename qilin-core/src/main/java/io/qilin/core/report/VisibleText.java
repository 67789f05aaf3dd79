package io.qilin.core.report;

import java.util.Locale;

/** Makes text from outside safe to show: one line, no control of the terminal, no reversal of the reading order. */
public final class VisibleText {
  private VisibleText() {}

  /** The text with line breaks and tabs as spaces, and what would act instead of show as {@code \\uXXXX}. */
  public static String oneLine(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\n' || c == '\r' || c == '\t') {
        out.append(' ');
      } else if (acts(c)) {
        out.append(String.format(Locale.ROOT, "\\u%04X", c));
      } else {
        out.appendCodePoint(c);
      }
    }
    return out.toString();
  }

  /** Whether the code point commands the display, separates lines, or is half a surrogate pair. */
  static boolean acts(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> true;
      case Character.FORMAT ->
        (c >= 0x202A && c <= 0x202E)
            || (c >= 0x2060 && c <= 0x206F)
            || c == 0x200E
            || c == 0x200F
            || c == 0x061C
            || c == 0xFEFF
            || c >= 0xE0000;
      default -> false;
    };
  }
}
