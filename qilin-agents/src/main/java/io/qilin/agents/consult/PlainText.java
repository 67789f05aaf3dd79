package io.qilin.agents.consult;

import java.nio.charset.StandardCharsets;

/**
 * Text from outside without what the eye does not see and machines obey. Stateless.
 *
 * <p>Removed: control characters but line ends and tabs, private ones, and those that Unicode calls default-ignorable or format
 * (zero width, text direction, tags, variation selectors), by a table of its own so that every Java version removes the same.
 * Line ends of every kind become {@code \n}; half a surrogate pair becomes U+FFFD.
 */
public final class PlainText {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int LINE_SEPARATOR = 0x2028;
  private static final int PARAGRAPH_SEPARATOR = 0x2029;

  /** First and last of each range of characters that show nothing. */
  private static final int[] HIDDEN = {
    0x00, 0x1F, 0x7F, 0x9F, 0xAD, 0xAD, 0x34F, 0x34F, 0x600, 0x605, 0x61C, 0x61C, 0x6DD, 0x6DD,
    0x70F, 0x70F, 0x890, 0x891, 0x8E2, 0x8E2, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F,
    0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xE000, 0xF8FF, 0xFE00, 0xFE0F,
    0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFFB, 0xFFFE, 0xFFFF, 0x110BD, 0x110BD, 0x110CD,
    0x110CD, 0x13430, 0x1343F, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0x10FFFF
  };

  private PlainText() {}

  static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\r') {
        c = '\n';
        i += i < text.length() && text.charAt(i) == '\n' ? 1 : 0;
      }
      if (c == '\n' || c == '\t') {
        out.append((char) c);
        continue;
      }
      if (c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR) {
        out.append('\n');
      } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        out.appendCodePoint(REPLACEMENT);
      } else if (!hidden(c)) {
        out.appendCodePoint(c);
      }
    }
    return out.toString();
  }

  private static boolean hidden(int c) {
    for (int k = 0; k < HIDDEN.length && c >= HIDDEN[k]; k += 2) {
      if (c <= HIDDEN[k + 1]) {
        return true;
      }
    }
    return false;
  }

  /** One line of clean text in which no markup, link or script is active any more. */
  public static String neutral(String text) {
    return clean(text)
        .replace('\n', ' ')
        .replace('\t', ' ')
        .replace('<', '‹')
        .replace('>', '›')
        .replace("](", "] (")
        .replace("://", "[:]//")
        .strip();
  }

  /** The longest beginning that has at most so many bytes in UTF-8. */
  static String cut(String text, int bytes) {
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      used += width(c);
      if (used > bytes) {
        return text.substring(0, i);
      }
      i += Character.charCount(c);
    }
    return text;
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int width(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  /**
   * A JSON string. Beside what JSON demands, {@code < > & `} are escaped, so that no mark of the prompt can stand in it.
   *
   * @param text clean text
   */
  static String json(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '<' -> out.append("\\u003c");
        case '>' -> out.append("\\u003e");
        case '&' -> out.append("\\u0026");
        case '`' -> out.append("\\u0060");
        default -> out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
