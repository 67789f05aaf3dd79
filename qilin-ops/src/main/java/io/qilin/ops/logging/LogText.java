package io.qilin.ops.logging;

import java.util.BitSet;

/**
 * Makes any text fit for one physical line, for back ends of every kind: whatever a terminal, an editor or a log reader could take
 * for a line end, an instruction or a change of direction is escaped. Control and format characters, line and paragraph
 * separators, lone surrogates, private and unassigned characters become {@code \n}, {@code \r}, {@code \t} or {@code \}{@code
 * uXXXX}; letters of all scripts stay. The backslash itself is doubled, so that what was there can be told. Linear in the length
 * of the text. Stateless.
 */
public final class LogText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final BitSet VISIBLE = new BitSet(1 << 16);

  static {
    for (int c = 0; c < 1 << 16; c++) {
      VISIBLE.set(c, shows(c));
    }
  }

  private LogText() {}

  /** The text for a line that people read; quotation marks stay as they are. */
  public static String line(String text) {
    return escaped(text, false);
  }

  /** The text for between the quotation marks of a JSON string; a JSON reader gives it back as it was. */
  public static String json(String text) {
    return escaped(text, true);
  }

  /** Whether a code point shows as itself and does nothing else. */
  public static boolean visible(int codePoint) {
    return codePoint < 1 << 16 ? VISIBLE.get(codePoint) : shows(codePoint);
  }

  private static boolean shows(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  private static String escaped(String text, boolean quotes) {
    int same = plain(text, quotes);
    if (same == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, same);
    for (int i = same; i < text.length(); ) {
      int c = text.codePointAt(i);
      int units = Character.charCount(c);
      if (c == '\\' || (quotes && c == '"')) {
        out.append('\\').append((char) c);
      } else if (visible(c)) {
        out.append(text, i, i + units);
      } else {
        for (int unit = 0; unit < units; unit++) {
          escape(out, text.charAt(i + unit));
        }
      }
      i += units;
    }
    return out.toString();
  }

  /** How many of the first characters are ASCII that stays as it is. */
  private static int plain(String text, boolean quotes) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '\\' || (quotes && c == '"')) {
        return i;
      }
      i++;
    }
    return i;
  }

  private static void escape(StringBuilder out, char c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX[(c >> shift) & 15]);
        }
      }
    }
  }
}
