package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The body of a request, written as UTF-8 into bytes that can be wiped, for it may hold secrets. Not thread-safe. */
final class JsonBody implements AutoCloseable {
  private static final int MOST_BYTES = 64 << 20;

  private byte[] bytes = new byte[256];
  private int size;
  private boolean first = true;

  /** Begins an object. */
  JsonBody() {
    put('{');
  }

  JsonBody text(String name, String value) {
    name(name);
    string(value);
    return this;
  }

  JsonBody number(String name, long value) {
    name(name);
    ascii(Long.toString(value));
    return this;
  }

  JsonBody truth(String name, boolean value) {
    name(name);
    ascii(Boolean.toString(value));
    return this;
  }

  /** Bytes as a text in Base64. */
  JsonBody base64(String name, byte[] value) {
    byte[] encoded = Base64.getEncoder().encode(value);
    name(name);
    put('"');
    append(encoded);
    put('"');
    Arrays.fill(encoded, (byte) 0);
    return this;
  }

  JsonBody numbers(String name, List<Long> values) {
    begin(name, '[');
    for (long value : values) {
      separate();
      ascii(Long.toString(value));
    }
    return end(']');
  }

  /** Begins an object or array that is a member. */
  JsonBody begin(String name, char bracket) {
    name(name);
    return open(bracket);
  }

  /** Begins an object that is an item of an array. */
  JsonBody item() {
    separate();
    return open('{');
  }

  JsonBody end(char bracket) {
    put(bracket);
    first = false;
    return this;
  }

  private JsonBody open(char bracket) {
    put(bracket);
    first = true;
    return this;
  }

  private void name(String name) {
    separate();
    string(name);
    put(':');
  }

  private void separate() {
    if (!first) {
      put(',');
    }
    first = false;
  }

  private void string(String text) {
    put('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw QilinException.invalid("a text for Vault holds half a character");
      }
      if (c == '"' || c == '\\') {
        put('\\');
        put(c);
      } else if (c < ' ') {
        ascii("\\u00");
        put(Character.forDigit(c >> 4, 16));
        put(Character.forDigit(c & 15, 16));
      } else {
        utf8(c);
      }
    }
    put('"');
  }

  private void utf8(int c) {
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xc0 | (c >> 6));
      put(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      put(0xe0 | (c >> 12));
      put(0x80 | ((c >> 6) & 0x3f));
      put(0x80 | (c & 0x3f));
    } else {
      put(0xf0 | (c >> 18));
      put(0x80 | ((c >> 12) & 0x3f));
      put(0x80 | ((c >> 6) & 0x3f));
      put(0x80 | (c & 0x3f));
    }
  }

  private void ascii(String text) {
    append(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void append(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void put(int one) {
    room(1);
    bytes[size++] = (byte) one;
  }

  private void room(int more) {
    if (more > MOST_BYTES - size) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a request to Vault has at most " + MOST_BYTES + " bytes; send less at once");
    }
    if (size + more > bytes.length) {
      byte[] old = bytes;
      bytes = Arrays.copyOf(old, Math.max(size + more, 2 * old.length));
      Arrays.fill(old, (byte) 0);
    }
  }

  /** Ends the object; the caller wipes the copy. */
  byte[] bytes() {
    byte[] all = Arrays.copyOf(bytes, size + 1);
    all[size] = '}';
    return all;
  }

  /** Wipes what was written. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
    size = 0;
  }
}
