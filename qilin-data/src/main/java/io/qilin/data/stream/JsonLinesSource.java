package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSource;
import io.qilin.data.internal.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * The lines of a text file as a source, one message a line, without its end (LF or CR LF). Empty lines are passed over.
 * Positions are byte offsets. A line longer than allowed is passed over as damaged, without being held in memory.
 */
public final class JsonLinesSource implements StreamSource<ByteBuffer> {
  private static final int BUFFER = 1 << 18;
  private static final int LONGEST_LINE = 8 << 20;

  /** The bytes of CR LF. */
  private static final int LINE_END = 2;

  private final String id;
  private final Path path;
  private final FileChannel channel;
  private final boolean follows;
  private final int longestLine;
  private final PayloadView view = new PayloadView();
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private long base;
  private boolean ended;

  /** How many bytes from the position on hold no end of line. */
  private int searched;

  private JsonLinesSource(
      String id, Path path, FileChannel channel, boolean follows, int longestLine) {
    this.id = Objects.requireNonNull(id, "id");
    this.path = path;
    this.channel = channel;
    this.follows = follows;
    this.longestLine = longestLine;
  }

  /** Reads a file until its end, with lines of at most 8 MiB; a last line without an end counts. */
  public static JsonLinesSource open(String id, Path path) {
    return open(id, path, LONGEST_LINE, false);
  }

  /**
   * Reads a file.
   *
   * @param id a stable name for checkpoints and dead letters
   * @param path the file
   * @param longestLine in bytes without its end, 1 to 1 GiB
   * @param follow whether to wait at its end for more; a line without an end then waits for it
   * @throws QilinException DATA_NOT_FOUND if there is no file; IO; INVALID_ARGUMENT
   */
  public static JsonLinesSource open(String id, Path path, int longestLine, boolean follow) {
    if (longestLine < 1 || longestLine > 1 << 30) {
      throw QilinException.invalid("the longest line has 1 to 2^30 bytes, was " + longestLine);
    }
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new JsonLinesSource(id, path, channel, follow, longestLine);
    } catch (NoSuchFileException e) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND, AtomicFile.name(path) + ": there is no such file", e);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long position() {
    return base + buffer.position();
  }

  @Override
  public void seek(long position) {
    try {
      if (position < 0 || position > channel.size()) {
        throw QilinException.invalid(
            id + " has " + channel.size() + " bytes, so there is no position " + position);
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
    base = position;
    buffer.position(0).limit(0);
    searched = 0;
    ended = false;
  }

  @Override
  public int poll(int most, StreamReceiver<ByteBuffer> receiver) {
    int taken = 0;
    while (taken < most && !ended) {
      int line = line();
      if (line == 0) {
        return taken;
      }
      int start = buffer.position();
      int end = start + line;
      while (end > start && (at(end - 1) == '\n' || at(end - 1) == '\r')) {
        end--;
      }
      if (line > longestLine + LINE_END || end - start > longestLine) {
        taken++;
        passOver(receiver);
        continue;
      }
      if (end > start) {
        view.over(buffer.array(), start, end - start);
        receiver.message(position(), view.bytes());
        taken++;
      }
      consume(line);
    }
    return taken;
  }

  private byte at(int index) {
    return buffer.get(index);
  }

  /** The length of the line at the position with its end; 0 if there is none yet; more than allowed if it is too long. */
  private int line() {
    while (true) {
      int start = buffer.position();
      for (int at = start + searched; at < buffer.limit(); at++) {
        if (buffer.get(at) == '\n') {
          return at + 1 - start;
        }
      }
      searched = buffer.remaining();
      if (searched > longestLine + LINE_END) {
        return searched;
      }
      if (!more()) {
        if (follows) {
          return 0;
        }
        ended = searched == 0;
        return searched;
      }
    }
  }

  /** Goes past a line that is too long, whose end may not be in the buffer, and tells of it. */
  private void passOver(StreamReceiver<ByteBuffer> receiver) {
    long from = position();
    boolean whole = false;
    try {
      boolean found = false;
      do {
        while (buffer.hasRemaining() && !found) {
          found = buffer.get() == '\n';
        }
      } while (!found && more());
      searched = 0;
      String reason = "the line is longer than " + longestLine + " bytes";
      receiver.damaged(from, position() - from, reason);
      whole = true;
    } finally {
      if (!whole) {
        seek(from);
      }
    }
  }

  private void consume(int bytes) {
    buffer.position(buffer.position() + bytes);
    searched = 0;
  }

  /** Reads more into the buffer; false at the end of the file. */
  private boolean more() {
    base += buffer.position();
    if (buffer.remaining() == buffer.capacity()) {
      buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer);
    } else {
      buffer.compact();
    }
    try {
      int read = channel.read(buffer, base + buffer.position());
      buffer.flip();
      return read > 0;
    } catch (IOException e) {
      buffer.flip();
      throw failure(path, e);
    }
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public void commit(long position) {
    if (position < 0 || position > position()) {
      throw QilinException.invalid(
          id + " was read to " + position() + ", so " + position + " is not handled");
    }
  }

  @Override
  public long dropped() {
    return 0;
  }

  private static QilinException failure(Path path, IOException e) {
    return new QilinException(ErrorCode.IO, AtomicFile.name(path) + ": cannot be read", e);
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
