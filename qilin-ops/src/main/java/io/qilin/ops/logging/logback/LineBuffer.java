package io.qilin.ops.logging.logback;

import io.qilin.ops.logging.LogText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One line of JSON as bytes of UTF-8, of bounded length. Not thread-safe. */
final class LineBuffer {
  /** The longest line, its end included. */
  static final int LONGEST = 64 << 10;

  /** The most bytes of one text in a line. */
  static final int FIELD = 16 << 10;

  /** Kept free for what must follow every text: the last members and what closes them. */
  private static final int TAIL = 1_024;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[512];
  private int size;

  /** Appends text of this program: ASCII that needs no escape. */
  LineBuffer raw(String ascii) {
    int length = ascii.length();
    ensure(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  LineBuffer raw(byte[] ascii) {
    ensure(ascii.length);
    System.arraycopy(ascii, 0, bytes, size, ascii.length);
    size += ascii.length;
    return this;
  }

  LineBuffer number(long value) {
    return raw(Long.toString(value));
  }

  /** How many bytes of text there is still room for. */
  int room() {
    return LONGEST - TAIL - size;
  }

  /** Appends a text in quotation marks, as much of it as there is room for; whether that was all. */
  boolean text(String text) {
    return text(text, FIELD);
  }

  boolean text(String text, int most) {
    ensure(Math.min(text.length(), most) + 2);
    bytes[size++] = '"';
    int end = size + Math.max(0, Math.min(most, room()));
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        if (size == end) {
          break;
        }
        if (size == bytes.length) {
          ensure(64);
        }
        bytes[size++] = (byte) c;
        i++;
      } else {
        int next = other(text, i, end);
        if (next == i) {
          break;
        }
        i = next;
      }
    }
    ensure(1);
    bytes[size++] = '"';
    return i == text.length();
  }

  /** Appends what is not plain ASCII; the place after it, or the same if there is no room. */
  private int other(String text, int i, int end) {
    ensure(16);
    int c = text.codePointAt(i);
    int units = Character.charCount(c);
    if (c == '"' || c == '\\') {
      return pair((char) c, i, end);
    }
    if (LogText.visible(c)) {
      return visible(c, i, units, end);
    }
    char letter = c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : 0;
    if (letter != 0) {
      return pair(letter, i, end);
    }
    if (size + 6 * units > end) {
      return i;
    }
    for (int unit = 0; unit < units; unit++) {
      unit(text.charAt(i + unit));
    }
    return i + units;
  }

  private int pair(char second, int i, int end) {
    if (size + 2 > end) {
      return i;
    }
    bytes[size++] = '\\';
    bytes[size++] = (byte) second;
    return i + 1;
  }

  private void unit(char c) {
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[(c >> shift) & 15];
    }
  }

  private int visible(int c, int i, int units, int end) {
    int length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (size + length > end) {
      return i;
    }
    if (length == 2) {
      bytes[size++] = (byte) (0xc0 | c >> 6);
    } else if (length == 3) {
      bytes[size++] = (byte) (0xe0 | c >> 12);
      bytes[size++] = (byte) (0x80 | (c >> 6 & 0x3f));
    } else {
      bytes[size++] = (byte) (0xf0 | c >> 18);
      bytes[size++] = (byte) (0x80 | (c >> 12 & 0x3f));
      bytes[size++] = (byte) (0x80 | (c >> 6 & 0x3f));
    }
    bytes[size++] = (byte) (0x80 | (c & 0x3f));
    return i + units;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
