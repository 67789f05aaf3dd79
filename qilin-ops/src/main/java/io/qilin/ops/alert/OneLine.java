package io.qilin.ops.alert;

import java.util.HexFormat;

/** Text from outside as a part of one line. */
final class OneLine {
  private OneLine() {}

  /**
   * Control, format, separator and unpaired surrogate characters as {@code \\uXXXX}, a backslash doubled; what is longer is cut
   * and says so.
   */
  static String of(String text, int longest) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), longest) + 16);
    int shown = 0;
    for (int i = 0; i < text.length() && shown < longest; shown++) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\\') {
        out.append("\\\\");
      } else if (hidden(c)) {
        for (char unit : Character.toChars(c)) {
          out.append("\\u").append(HexFormat.of().withUpperCase().toHexDigits(unit));
        }
      } else {
        out.appendCodePoint(c);
      }
    }
    if (text.codePointCount(0, text.length()) > longest) {
      out.append("… (").append(text.length()).append(" characters)");
    }
    return out.toString();
  }

  private static boolean hidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
