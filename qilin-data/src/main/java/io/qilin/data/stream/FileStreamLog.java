package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An append-only file of messages, each with its length and checksums, for a {@link FileStreamSource} to read. One writer
 * at a time; readers may follow it. Not thread-safe.
 */
public final class FileStreamLog implements AutoCloseable {
  private static final int BUFFER = 1 << 18;
  private static final int LONGEST_MESSAGE = 1 << 30;

  private final Path path;
  private final FileChannel channel;
  private final int mostBytes;
  private final long cut;
  private final Frames frames = new Frames();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  /** Where in the file the buffer begins. */
  private long base;

  private boolean broken;

  private FileStreamLog(Path path, FileChannel channel, int mostBytes, long end, long cut) {
    this.path = path;
    this.channel = channel;
    this.mostBytes = mostBytes;
    this.base = end;
    this.cut = cut;
  }

  /** Opens or creates a log for messages of at most 8 MiB. */
  public static FileStreamLog open(Path path) {
    return open(path, Frames.MOST_BYTES);
  }

  /**
   * Opens or creates a log. What follows the last whole frame is cut off: the end of a write that a crash interrupted.
   * Longer messages that the log has already stay.
   *
   * @param path the file; its folder must exist
   * @param mostBytes the longest message to append, 1 to 1 GiB
   * @throws QilinException IO if it cannot be opened; DATA_FORMAT if the file does not begin as a log, which is then left as
   *     it is; INVALID_ARGUMENT
   */
  public static FileStreamLog open(Path path, int mostBytes) {
    if (mostBytes < 1 || mostBytes > LONGEST_MESSAGE) {
      throw QilinException.invalid(
          "the longest message of a log has 1 to 2^30 bytes, was " + mostBytes);
    }
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean opened = false;
      try {
        long end = end(path);
        long cut = channel.size() - end;
        channel.truncate(end);
        opened = true;
        return new FileStreamLog(path, channel, mostBytes, end, cut);
      } finally {
        if (!opened) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw AtomicFile.failure(path, e);
    }
  }

  private static long end(Path path) {
    try (FrameReader reader = FrameReader.open(path, LONGEST_MESSAGE)) {
      if (!reader.mayBeLog()) {
        throw new QilinException(
            ErrorCode.DATA_FORMAT,
            AtomicFile.name(path) + ": this file of " + reader.size()
                + " bytes does not begin as a log of messages and is left as it is; name another"
                + " file, or move it away");
      }
      long end = 0;
      FrameReader.Found found = reader.next();
      while (found != FrameReader.Found.NOTHING) {
        reader.skip();
        end = found == FrameReader.Found.FRAME ? reader.position() : end;
        found = reader.next();
      }
      return end;
    }
  }

  /** How many bytes of an interrupted write were cut off at opening. */
  public long cutBytes() {
    return cut;
  }

  /** Where the next message will stand. */
  public long position() {
    return base + buffer.position();
  }

  /**
   * Appends what remains of a buffer, whose position stays; durable after {@link #flush}.
   *
   * @return its position
   * @throws QilinException LIMIT_EXCEEDED if it is too long; INVALID_ARGUMENT if it is empty; IO
   */
  public long append(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return append(bytes);
  }

  /**
   * Appends a message, as {@link #append(ByteBuffer)}.
   *
   * @param payload what it carries
   */
  public long append(byte[] payload) {
    if (payload.length == 0 || payload.length > mostBytes) {
      throw new QilinException(
          payload.length == 0 ? ErrorCode.INVALID_ARGUMENT : ErrorCode.LIMIT_EXCEEDED,
          AtomicFile.name(path) + ": a message has 1 to " + mostBytes + " bytes, this one has "
              + payload.length);
    }
    requireWhole();
    int whole = Frames.HEADER + payload.length;
    if (buffer.remaining() < whole) {
      drain();
    }
    long position = position();
    if (buffer.remaining() < whole) {
      ByteBuffer large = ByteBuffer.allocate(whole);
      frame(payload, position, large);
      write(large.flip());
    } else {
      frame(payload, position, buffer);
    }
    return position;
  }

  private void frame(byte[] payload, long position, ByteBuffer to) {
    int crc = frames.payloadCrc(payload, 0, payload.length);
    to.putInt(payload.length).putInt(crc);
    to.putInt(frames.headerCrc(payload.length, crc, position)).put(payload);
  }

  /** Makes all that was appended durable. */
  public void flush() {
    requireWhole();
    drain();
    try {
      channel.force(false);
    } catch (IOException e) {
      broken = true;
      throw AtomicFile.failure(path, e);
    }
  }

  private void drain() {
    write(buffer.flip());
    buffer.clear();
  }

  private void write(ByteBuffer bytes) {
    broken = true;
    try {
      while (bytes.hasRemaining()) {
        base += channel.write(bytes, base);
      }
      broken = false;
    } catch (IOException e) {
      throw AtomicFile.failure(path, e);
    }
  }

  private void requireWhole() {
    if (broken) {
      throw new QilinException(
          ErrorCode.IO,
          AtomicFile.name(path) + ": an earlier write failed; open the log again, which cuts off"
              + " what is not whole");
    }
  }

  /** Flushes and closes. A log of which a write failed is closed as it is. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try (FileChannel closing = channel) {
      if (!broken && closing.isOpen()) {
        flush();
      }
    } catch (IOException e) {
      throw AtomicFile.failure(path, e);
    }
  }
}
