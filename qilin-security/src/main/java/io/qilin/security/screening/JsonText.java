package io.qilin.security.screening;

import java.nio.charset.StandardCharsets;

/** Undoes the escapes of one text in JSON, leniently. */
final class JsonText {
  private JsonText() {}

  static String decode(byte[] json, int from, int to) {
    String text = new String(json, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\\' || at == text.length()) {
        out.append(c);
        continue;
      }
      char escape = text.charAt(at++);
      switch (escape) {
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case '"', '\\', '/' -> out.append(escape);
        case 'u' -> {
          int code = PercentDecoder.hex(text, at, 4);
          if (code < 0) {
            out.append("\\u");
          } else {
            out.append((char) code);
            at += 4;
          }
        }
        default -> out.append('\\').append(escape);
      }
    }
    return out.toString();
  }
}
