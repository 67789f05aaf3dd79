package io.qilin.data.arrow;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of a file that is in memory. */
final class MemoryBytes implements ByteSource {
  private final byte[] bytes;

  MemoryBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long available(long position) {
    return bytes.length - position;
  }

  @Override
  public boolean isAtEnd(long position, Where where) {
    return position >= bytes.length;
  }

  @Override
  public byte[] bytes(long position, int length, Where where) {
    if (length > bytes.length - position) {
      throw where.broken("the file ends too early");
    }
    return Arrays.copyOfRange(bytes, (int) position, (int) position + length);
  }

  @Override
  public long bodyMemory(long length) {
    return 0;
  }

  @Override
  public Body body(long position, long length, Where where) {
    return (offset, part, place) ->
        ByteBuffer.wrap(bytes(position + offset, part, place)).slice();
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
