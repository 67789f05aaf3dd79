package io.qilin.data.lineage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A SHA-256 over values in a stated order; every text is preceded by its length, every {@code NaN} is one. */
final class Sha256 {
  private static final int BUFFER = 1 << 16;

  private final MessageDigest digest;
  private final ByteBuffer buffer;

  Sha256() {
    this(BUFFER);
  }

  Sha256(int bufferBytes) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    buffer = ByteBuffer.allocate(bufferBytes);
  }

  Sha256 add(String text) {
    return sized(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The number of bytes, and the bytes. */
  Sha256 sized(byte[] bytes) {
    add(bytes.length);
    return raw(bytes, 0, bytes.length);
  }

  /** Bytes as they are, without their number. */
  Sha256 raw(byte[] bytes, int from, int count) {
    flush();
    digest.update(bytes, from, count);
    return this;
  }

  Sha256 add(long number) {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putLong(number);
    return this;
  }

  Sha256 add(double number) {
    return add(Double.doubleToLongBits(number));
  }

  Sha256 mark(int small) {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put((byte) small);
    return this;
  }

  byte[] bytes() {
    flush();
    return digest.digest();
  }

  ContentHash hash() {
    return ContentHash.ofDigest(bytes());
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
