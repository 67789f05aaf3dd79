package io.qilin.data.failover;

import io.qilin.api.error.QilinException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** Reads what {@link CopyFormat} wrote; each count is held against the bytes that are left before room is made for it. */
final class CopyInput {
  private final ByteBuffer in;

  CopyInput(byte[] bytes, int from, int to) {
    this.in = ByteBuffer.wrap(bytes, from, to - from);
  }

  int left() {
    return in.remaining();
  }

  private ByteBuffer need(long bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw CopyFormat.bad("it ends too early");
    }
    return in;
  }

  byte octet() {
    return need(Byte.BYTES).get();
  }

  boolean flag() {
    return octet() != 0;
  }

  int whole() {
    return need(Integer.BYTES).getInt();
  }

  long number() {
    return need(Long.BYTES).getLong();
  }

  /** A count of things, each of which takes at least some bytes. */
  int count(int bytesEach) {
    int count = whole();
    if (count < 0 || (long) count * bytesEach > in.remaining()) {
      throw CopyFormat.bad("it counts " + count + " things where there is no room for them");
    }
    return count;
  }

  String text() {
    byte[] bytes = new byte[count(1)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  double[] doubles(int length) {
    need((long) length * Long.BYTES);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = Double.longBitsToDouble(in.getLong());
    }
    return values;
  }

  LocalDate day() {
    try {
      return LocalDate.ofEpochDay(number());
    } catch (DateTimeException e) {
      throw CopyFormat.bad("it holds a day that cannot be");
    }
  }

  Instant moment() {
    try {
      return Instant.ofEpochSecond(number(), whole());
    } catch (DateTimeException | ArithmeticException e) {
      throw CopyFormat.bad("it holds a moment that cannot be");
    }
  }

  <E extends Enum<E>> E constant(Class<E> type) {
    String name = text();
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw CopyFormat.bad(
        "it names an unknown " + type.getSimpleName() + ", " + QilinException.quote(name));
  }
}
