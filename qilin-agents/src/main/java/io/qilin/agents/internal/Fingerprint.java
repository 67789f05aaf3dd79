package io.qilin.agents.internal;

import io.qilin.api.market.PanelColumn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 over values in a stated order. Every text is preceded by its length, every {@code NaN}
 * is the same {@code NaN}, so that two inputs have one fingerprint only if they are equal. Not
 * thread-safe.
 */
public final class Fingerprint {
  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

  /** Starts with nothing. */
  public Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Adds a text. */
  public Fingerprint add(@Nullable String text) {
    if (text == null) {
      return add(-1L);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add((long) bytes.length);
    if (bytes.length > buffer.remaining()) {
      flush();
    }
    if (bytes.length > buffer.capacity()) {
      digest.update(bytes);
    } else {
      buffer.put(bytes);
    }
    return this;
  }

  /** Adds a whole number. */
  public Fingerprint add(long value) {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putLong(value);
    return this;
  }

  /** Adds a number by its bits; all {@code NaN} are one. */
  public Fingerprint add(double value) {
    return add(Double.doubleToLongBits(value));
  }

  /** Adds how many numbers there are, and each by its bits; all {@code NaN} are one. */
  public Fingerprint add(double[] values) {
    add((long) values.length);
    double[] plain = values.clone();
    for (int i = 0; i < plain.length; i++) {
      if (Double.isNaN(plain[i])) {
        plain[i] = Double.NaN;
      }
    }
    for (int done = 0; done < plain.length; ) {
      int count = Math.min(plain.length - done, room());
      buffer.asDoubleBuffer().put(plain, done, count);
      buffer.position(buffer.position() + count * Double.BYTES);
      done += count;
    }
    return this;
  }

  /** Adds the rows {@code [from, to)} of an instrument, as {@link #add(double[])} adds an array of them. */
  public Fingerprint add(PanelColumn column, int instrument, int from, int to) {
    add((long) to - from);
    for (int d = from; d < to; ) {
      int end = Math.min(to, d + room());
      for (; d < end; d++) {
        buffer.putLong(Double.doubleToLongBits(column.value(instrument, d)));
      }
    }
    return this;
  }

  /** How many numbers go into the buffer, at least one. */
  private int room() {
    if (buffer.remaining() < Double.BYTES) {
      flush();
    }
    return buffer.remaining() / Double.BYTES;
  }

  /** The fingerprint in 64 lower-case hex digits; nothing may be added after it. */
  public String hex() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
