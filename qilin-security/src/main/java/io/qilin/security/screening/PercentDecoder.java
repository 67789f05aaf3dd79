package io.qilin.security.screening;

/**
 * Undoes percent encoding once, as leniently as the most lenient server: {@code %41}, {@code %u0041}, and UTF-8 that is
 * longer than it need be ({@code %c0%ae} is a dot). What is not well-formed stays as it is; bytes that are no UTF-8 count
 * as Latin-1.
 */
final class PercentDecoder {
  private PercentDecoder() {}

  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int next = character(text, at, out);
      if (next > at) {
        at = next;
      } else {
        out.append(text.charAt(at++));
      }
    }
    return out.length() == text.length() ? text : out.toString();
  }

  /** Whether decoding would change the text. */
  static boolean encoded(String text) {
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      if (octet(text, at) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static int character(String text, int at, StringBuilder out) {
    if (at + 6 <= text.length() && text.charAt(at) == '%' && (text.charAt(at + 1) | 0x20) == 'u') {
      int code = hex(text, at + 2, 4);
      if (code >= 0) {
        out.append((char) code);
        return at + 6;
      }
    }
    int first = octet(text, at);
    if (first < 0) {
      return at;
    }
    int more = first >= 0xf0 && first < 0xf8
        ? 3
        : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xc0 && first < 0xe0 ? 1 : 0;
    int code = more == 0 ? first : first & (0x3f >> more);
    for (int i = 1; i <= more; i++) {
      int octet = octet(text, at + 3 * i);
      if (octet < 0x80 || octet > 0xbf) {
        out.append((char) first);
        return at + 3;
      }
      code = code << 6 | (octet & 0x3f);
    }
    if (code > Character.MAX_CODE_POINT) {
      out.append((char) first);
      return at + 3;
    }
    out.appendCodePoint(code);
    return at + 3 + 3 * more;
  }

  private static int octet(String text, int at) {
    return at + 3 <= text.length() && text.charAt(at) == '%' ? hex(text, at + 1, 2) : -1;
  }

  static int hex(String text, int at, int digits) {
    if (at + digits > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
