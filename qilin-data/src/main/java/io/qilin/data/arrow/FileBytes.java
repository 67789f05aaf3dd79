package io.qilin.data.arrow;

import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The bytes of a file, read with a channel and not mapped: a mapped file that another process cuts short kills the JVM.
 * Only the parts that are asked for are read.
 */
final class FileBytes implements ByteSource {
  /** The JDK copies through a native buffer of the size of one read, which this keeps small and in the cache. */
  private static final int CHUNK = 1 << 18;

  private final FileChannel channel;
  private final long size;
  private final Where where;
  private byte[] scratch = new byte[0];

  FileBytes(FileChannel channel, long size, Where where) {
    this.channel = channel;
    this.size = size;
    this.where = where;
  }

  @Override
  public long available(long position) {
    return size - position;
  }

  @Override
  public boolean isAtEnd(long position, Where at) {
    return position >= size;
  }

  @Override
  public byte[] bytes(long position, int length, Where at) {
    byte[] bytes = new byte[requireThere(position, length, at)];
    fill(bytes, length, position, at);
    return bytes;
  }

  @Override
  public long bodyMemory(long length) {
    return 0;
  }

  @Override
  public Body body(long position, long length, Where at) {
    return (offset, part, place) -> {
      if (scratch.length < part) {
        scratch = new byte[requireThere(position + offset, part, place)];
      }
      fill(scratch, part, position + offset, place);
      return ByteBuffer.wrap(scratch, 0, part).slice();
    };
  }

  private int requireThere(long position, int length, Where at) {
    if (length > size - position) {
      throw ended(at);
    }
    return length;
  }

  private void fill(byte[] into, int length, long position, Where at) {
    try {
      int done = 0;
      while (done < length) {
        int some = Math.min(CHUNK, length - done);
        int read = channel.read(ByteBuffer.wrap(into, done, some), position + done);
        if (read <= 0) {
          throw ended(at);
        }
        done += read;
      }
    } catch (IOException e) {
      throw at.failed(e);
    }
  }

  private static QilinException ended(Where at) {
    return at.broken("the file ends too early; it may not have been written or copied whole");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw where.failed(e);
    }
  }
}
