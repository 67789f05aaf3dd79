package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a log of frames forward, from any frame on, while another thread or process may append. */
final class FrameReader implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  /** What was found. */
  enum Found {
    FRAME,
    DAMAGE,
    /** There is no whole frame yet, or no more. */
    NOTHING
  }

  private final Path path;
  private final FileChannel channel;
  private final int mostBytes;
  private final Frames frames = new Frames();
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);

  /** Where in the file the buffer begins. */
  private long base;

  private long foundBytes;
  private int payloadLength;

  /** The size of the file when it was searched in vain for a frame after damage. */
  private long searchedSize = -1;

  private FrameReader(Path path, FileChannel channel, int mostBytes) {
    this.path = path;
    this.channel = channel;
    this.mostBytes = mostBytes;
  }

  static FrameReader open(Path path, int mostBytes) {
    try {
      return new FrameReader(path, FileChannel.open(path, StandardOpenOption.READ), mostBytes);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  long position() {
    return base + buffer.position();
  }

  void seek(long position) {
    base = position;
    buffer.position(0).limit(0);
    searchedSize = -1;
  }

  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /**
   * Whether the file is a log, or what a crash leaves of the first write to one: nothing, zeros, or a part of a frame. The
   * reader is at its beginning then.
   */
  boolean mayBeLog() {
    try {
      seek(0);
      boolean header = have(Frames.HEADER);
      if (header && header()) {
        return true;
      }
      int length = buffer.remaining() < Integer.BYTES ? 1 : buffer.getInt(0);
      boolean torn = !header && length > 0 && length <= mostBytes;
      return torn || isZero() || search() == Found.DAMAGE;
    } catch (IOException e) {
      throw failure(path, e);
    } finally {
      seek(0);
    }
  }

  /** Whether there is nothing but zeros in the beginning of the file that was read. */
  private boolean isZero() {
    for (int at = buffer.position(); at < buffer.limit(); at++) {
      if (buffer.get(at) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Looks for what stands at the position; {@link #skip} goes past it. */
  Found next() {
    try {
      if (!have(Frames.HEADER)) {
        return Found.NOTHING;
      }
      if (!header()) {
        return search();
      }
      int length = buffer.getInt(buffer.position());
      if (!have(Frames.HEADER + length)) {
        return Found.NOTHING;
      }
      int at = buffer.position();
      foundBytes = Frames.HEADER + (long) length;
      payloadLength = length;
      int crc = frames.payloadCrc(buffer.array(), at + Frames.HEADER, length);
      return crc == buffer.getInt(at + 4) ? Found.FRAME : Found.DAMAGE;
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** How many bytes the frame or the damage takes. */
  long foundBytes() {
    return foundBytes;
  }

  /** A view of the payload of the frame that was found, over bytes that are used again. */
  void payload(PayloadView view) {
    view.over(buffer.array(), buffer.position() + Frames.HEADER, payloadLength);
  }

  void skip() {
    if (foundBytes <= buffer.remaining()) {
      buffer.position(buffer.position() + (int) foundBytes);
    } else {
      seek(position() + foundBytes);
    }
  }

  private boolean header() {
    int at = buffer.position();
    int length = buffer.getInt(at);
    return length > 0
        && length <= mostBytes
        && buffer.getInt(at + 8) == frames.headerCrc(length, buffer.getInt(at + 4), base + at);
  }

  /** Looks for the next header; if there is none the position stays. */
  private Found search() throws IOException {
    long from = position();
    long size = channel.size();
    if (size == searchedSize) {
      return Found.NOTHING;
    }
    while (have(Frames.HEADER)) {
      if (header()) {
        foundBytes = position() - from;
        seek(from);
        return Found.DAMAGE;
      }
      buffer.position(buffer.position() + 1);
    }
    seek(from);
    searchedSize = size;
    return Found.NOTHING;
  }

  /** Reads until so many bytes are there; false if the file ends before. */
  private boolean have(int bytes) throws IOException {
    while (buffer.remaining() < bytes) {
      if (buffer.capacity() < bytes && position() + bytes > channel.size()) {
        return false;
      }
      base += buffer.position();
      if (buffer.capacity() < bytes) {
        buffer = ByteBuffer.allocate(bytes).put(buffer);
      } else {
        buffer.compact();
      }
      int read = channel.read(buffer, base + buffer.position());
      buffer.flip();
      if (read < 0) {
        return false;
      }
    }
    return true;
  }

  private static QilinException failure(Path path, IOException e) {
    boolean missing = e instanceof java.nio.file.NoSuchFileException;
    return new QilinException(
        missing ? ErrorCode.DATA_NOT_FOUND : ErrorCode.IO,
        AtomicFile.name(path) + (missing ? ": there is no such file" : ": cannot be read"),
        e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(path, e);
    }
  }
}
