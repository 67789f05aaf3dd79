package io.qilin.data.stream;

import java.nio.ByteBuffer;
import java.util.Locale;

/** The beginning of a payload as printable text. */
final class PayloadText {
  private static final int MOST = 1024;

  private PayloadText() {}

  static String of(Object payload) {
    if (payload instanceof ByteBuffer bytes) {
      return bytes(bytes);
    }
    String text = payload.toString();
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }

  private static String bytes(ByteBuffer bytes) {
    StringBuilder text = new StringBuilder();
    int shown = Math.min(bytes.remaining(), MOST);
    for (int i = 0; i < shown; i++) {
      int value = bytes.get(bytes.position() + i) & 0xFF;
      if (value >= ' ' && value < 0x7F && value != '\\') {
        text.append((char) value);
      } else {
        text.append(String.format(Locale.ROOT, "\\x%02X", value));
      }
    }
    return bytes.remaining() > MOST ? text.append('…').toString() : text.toString();
  }
}
