package io.qilin.data.arrow;

import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The bytes of a stream, in their order. Memory is taken as bytes come, never for what a length only says. The stream is
 * the caller's and stays open.
 */
final class StreamBytes implements ByteSource {
  private static final int NONE = -2;

  private final InputStream in;
  private final long most;
  private long position;
  /** A byte that was read ahead, {@link #NONE}, or -1 at the end. */
  private int next = NONE;

  StreamBytes(InputStream in, long most) {
    this.in = in;
    this.most = most;
  }

  @Override
  public long available(long from) {
    return most - from;
  }

  @Override
  public boolean isAtEnd(long from, Where where) {
    return peeked(from, where) < 0;
  }

  private int peeked(long from, Where where) {
    skipTo(from, where);
    if (next == NONE) {
      try {
        next = in.read();
      } catch (IOException e) {
        throw where.failed(e);
      }
    }
    return next;
  }

  private void skipTo(long from, Where where) {
    while (position < from) {
      bytes(position, (int) Math.min(1 << 13, from - position), where);
    }
  }

  @Override
  public byte[] bytes(long from, int length, Where where) {
    if (length == 0) {
      return new byte[0];
    }
    if (peeked(from, where) < 0) {
      throw ended(where);
    }
    try {
      byte[] rest = in.readNBytes(length - 1);
      if (rest.length < length - 1) {
        throw ended(where);
      }
      byte[] bytes = new byte[length];
      bytes[0] = (byte) next;
      System.arraycopy(rest, 0, bytes, 1, rest.length);
      position += length;
      next = NONE;
      return bytes;
    } catch (IOException e) {
      throw where.failed(e);
    }
  }

  private static QilinException ended(Where where) {
    return where.broken("the stream ends too early");
  }

  @Override
  public long bodyMemory(long length) {
    return length;
  }

  @Override
  public Body body(long from, long length, Where where) {
    if (length > Integer.MAX_VALUE - 16) {
      throw where.tooLarge("a body of " + length + " bytes is too large for a stream");
    }
    byte[] body = bytes(from, (int) length, where);
    return (offset, part, place) -> ByteBuffer.wrap(body, (int) offset, part).slice();
  }

  @Override
  public void close() {
    // The stream is the caller's.
  }
}
