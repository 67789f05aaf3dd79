package io.qilin.security.audit;

/** Sizes of texts in UTF-8, without encoding them. Half a character counts three bytes, as U+FFFD does. */
final class Utf8 {
  private Utf8() {}

  /** How many UTF-16 units, whole characters only, take at most so many bytes. */
  static int prefix(String text, int maxBytes) {
    int bytes = 0;
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      bytes += size(c);
      if (bytes > maxBytes) {
        return at;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  static int length(String text) {
    int bytes = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      bytes += size(c);
      at += Character.charCount(c);
    }
    return bytes;
  }

  /** Whether a surrogate stands alone. */
  static boolean broken(String text) {
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      if (half(c)) {
        return true;
      }
      at += Character.charCount(c);
    }
    return false;
  }

  /** The text with U+FFFD for each surrogate that stands alone. */
  static String mended(String text) {
    if (!broken(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().map(c -> half(c) ? 0xFFFD : c).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean half(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static int size(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
