package io.qilin.data.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 over values in a stated order; every text is preceded by its length, every {@code NaN} is one. */
public final class Sha256 {
  private static final int BUFFER = 1 << 16;

  private final MessageDigest digest;
  private final ByteBuffer buffer;

  /** Starts with nothing. */
  public Sha256() {
    this(BUFFER);
  }

  /** Starts with nothing and a buffer of so many bytes, at least 8. */
  public Sha256(int bufferBytes) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    buffer = ByteBuffer.allocate(bufferBytes);
  }

  /** The length of a text in UTF-8, and the text. */
  public Sha256 add(String text) {
    return sized(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The number of bytes, and the bytes. */
  public Sha256 sized(byte[] bytes) {
    add(bytes.length);
    return raw(bytes, 0, bytes.length);
  }

  /** Bytes as they are, without their number. */
  public Sha256 raw(byte[] bytes, int from, int count) {
    flush();
    digest.update(bytes, from, count);
    return this;
  }

  /** A whole number, in 8 bytes. */
  public Sha256 add(long number) {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putLong(number);
    return this;
  }

  /** A number by its bits; all {@code NaN} are one. */
  public Sha256 add(double number) {
    return add(Double.doubleToLongBits(number));
  }

  /** One byte. */
  public Sha256 mark(int small) {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put((byte) small);
    return this;
  }

  /** The digest, 32 bytes; nothing may be added after it. */
  public byte[] bytes() {
    flush();
    return digest.digest();
  }

  /** The digest in 64 lower-case hex digits; nothing may be added after it. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
