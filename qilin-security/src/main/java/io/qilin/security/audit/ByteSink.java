package io.qilin.security.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** A growing array of bytes, numbers with their highest byte first. One thread at a time. */
final class ByteSink {
  private byte[] bytes = new byte[4096];
  private int size;

  int size() {
    return size;
  }

  /** The bytes themselves, of which the first {@link #size} count; another array after the next call that adds. */
  byte[] array() {
    return bytes;
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  void clear() {
    size = 0;
  }

  /** Forgets what was added after a place. */
  void back(int place) {
    size = place;
  }

  void put(int value) {
    grow(1);
    bytes[size++] = (byte) value;
  }

  void putShort(int value) {
    put(value >>> 8);
    put(value);
  }

  void putInt(int value) {
    grow(4);
    setInt(size, value);
    size += 4;
  }

  void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  void put(byte[] from) {
    put(from, 0, from.length);
  }

  void put(byte[] from, int start, int length) {
    grow(length);
    System.arraycopy(from, start, bytes, size, length);
    size += length;
  }

  void put(AuditHash hash) {
    put(hash.raw());
  }

  void put(Instant at) {
    putLong(at.getEpochSecond());
    putInt(at.getNano());
  }

  /** The text in UTF-8 after its length in four bytes. */
  void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putInt(utf8.length);
    put(utf8);
  }

  /** Writes over four bytes. */
  void setInt(int place, int value) {
    bytes[place] = (byte) (value >>> 24);
    bytes[place + 1] = (byte) (value >>> 16);
    bytes[place + 2] = (byte) (value >>> 8);
    bytes[place + 3] = (byte) value;
  }

  private void grow(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
