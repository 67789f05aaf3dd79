package io.qilin.security.screening;

/** Undoes the escapes of JavaScript, Java, JSON and CSS: hexadecimal of two and four digits, in braces, and of CSS. */
final class ScriptEscapes {
  private ScriptEscapes() {}

  static String decode(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '\\') {
        out.append(c);
        at++;
        continue;
      }
      int after = at;
      while (after < text.length() && text.charAt(after) == '\\') {
        after++;
      }
      at = escape(text, after, out);
    }
    return out.toString();
  }

  private static int escape(String text, int at, StringBuilder out) {
    if (at == text.length()) {
      return at;
    }
    char kind = text.charAt(at);
    if (kind == 'x' && PercentDecoder.hex(text, at + 1, 2) >= 0) {
      out.append((char) PercentDecoder.hex(text, at + 1, 2));
      return at + 3;
    }
    if (kind == 'u') {
      int digits = at + 1;
      while (digits < text.length() && (text.charAt(digits) == 'u')) {
        digits++;
      }
      if (PercentDecoder.hex(text, digits, 4) >= 0) {
        out.append((char) PercentDecoder.hex(text, digits, 4));
        return digits + 4;
      }
      return braced(text, at, out);
    }
    int end = at;
    while (end < text.length() && end < at + 6 && PercentDecoder.hex(text, end, 1) >= 0) {
      end++;
    }
    if (end - at >= 2) {
      int code = PercentDecoder.hex(text, at, end - at);
      if (code <= Character.MAX_CODE_POINT) {
        out.appendCodePoint(code);
      }
      return end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
    }
    out.append(kind);
    return at + 1;
  }

  private static int braced(String text, int at, StringBuilder out) {
    int end = at + 2;
    while (end < text.length() && end < at + 8 && PercentDecoder.hex(text, end, 1) >= 0) {
      end++;
    }
    if (at + 1 < text.length()
        && text.charAt(at + 1) == '{'
        && end > at + 2
        && text.startsWith("}", end)) {
      int code = PercentDecoder.hex(text, at + 2, end - at - 2);
      if (code <= Character.MAX_CODE_POINT) {
        out.appendCodePoint(code);
        return end + 1;
      }
    }
    out.append('u');
    return at + 1;
  }
}
