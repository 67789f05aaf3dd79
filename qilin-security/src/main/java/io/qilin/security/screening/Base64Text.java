package io.qilin.security.screening;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a text says if the whole of it is Base64 of printable ASCII; else nothing. */
final class Base64Text {
  private static final int SHORTEST = 12;

  private Base64Text() {}

  static String decode(String text) {
    if (text.length() < SHORTEST || text.length() % 4 != 0) {
      return "";
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '+'
          || c == '/';
      if (!letter && !(c == '=' && i >= text.length() - 2)) {
        return "";
      }
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return ""; // A sign of padding before another letter: it is no Base64.
    }
    for (byte b : bytes) {
      if (b != '\n' && b != '\r' && b != '\t' && (b < ' ' || b > '~')) {
        return "";
      }
    }
    return ScriptEscapes.decode(new String(bytes, StandardCharsets.US_ASCII));
  }
}
