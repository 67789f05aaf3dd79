package io.qilin.security.audit;

import io.qilin.security.audit.AuditFinding.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the frames of one file in order, in bounded memory. One thread at a time. */
final class SegmentReader implements Closeable {
  private final FileChannel channel;
  private final ByteBuffer buffer;

  /** Where reading ends, in bytes. */
  private final long end;

  /** Where in the file the buffer's first byte stands. */
  private long base;

  private long marker = Frames.MAGIC;

  /**
   * Opens a file.
   *
   * @param most how many bytes to read at most
   */
  SegmentReader(Path file, long most) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      end = Math.min(most, channel.size());
      buffer = ByteBuffer.allocate((int) Math.min(end, 4L * Frames.MAX_BODY)).limit(0);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Where the next frame begins. */
  long position() {
    return base + buffer.position();
  }

  /** What the next frames begin with. */
  void marker(long expected) {
    marker = expected;
  }

  /** Goes to a place in the file. */
  void seek(long place) {
    base = place;
    buffer.position(0).limit(0);
  }

  /** The next frame; null at the end. After a damaged frame the position is where that begins. */
  @Nullable
  RawFrame next() throws IOException, DamagedFrame {
    if (position() >= end) {
      return null;
    }
    if (!fill(Frames.PREFIX)) {
      throw incomplete();
    }
    int at = buffer.position();
    if (buffer.getLong(at) != marker) {
      throw new DamagedFrame(Problem.DAMAGED, "no frame begins here");
    }
    int length = buffer.getInt(at + 8);
    if (length < 1 || length > Frames.MAX_BODY) {
      throw new DamagedFrame(Problem.DAMAGED, "the frame's length is out of bounds");
    }
    if (!fill(Frames.PREFIX + length)) {
      throw incomplete();
    }
    return frame(buffer.position(), length);
  }

  private RawFrame frame(int at, int length) throws DamagedFrame {
    int body = at + Frames.PREFIX;
    int covered = Frames.covered(buffer.duplicate().position(body).limit(body + length));
    if (covered < 0
        || Frames.sum(buffer.array(), at + 8, body, covered) != buffer.getInt(at + 12)) {
      throw new DamagedFrame(Problem.DAMAGED, "the frame does not have its checksum");
    }
    RawFrame frame =
        new RawFrame(base + at, Arrays.copyOfRange(buffer.array(), body, body + length));
    buffer.position(body + length);
    return frame;
  }

  private static DamagedFrame incomplete() {
    return new DamagedFrame(Problem.INCOMPLETE, "the file ends within a frame");
  }

  /**
   * The next whole frame at or after the position, wherever it begins; null if there is none. What looks like the beginning
   * of a frame and is none is passed over.
   */
  @Nullable
  RawFrame search() throws IOException {
    while (fill(Frames.PREFIX)) {
      if (buffer.getLong(buffer.position()) == marker) {
        try {
          RawFrame found = next();
          if (found != null) {
            return found;
          }
        } catch (DamagedFrame e) {
          // What begins here is no frame, which is what the search is for: it goes on a byte
          // further.
          buffer.get();
          continue;
        }
      }
      buffer.get();
    }
    return null;
  }

  /** Whether so many bytes follow; they are in the buffer then. */
  private boolean fill(int wanted) throws IOException {
    if (buffer.remaining() >= wanted) {
      return true;
    }
    base += buffer.position();
    buffer.compact();
    long left = end - base - buffer.position();
    if (left < buffer.remaining()) {
      buffer.limit((int) (buffer.position() + Math.max(0, left)));
    }
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, base + buffer.position());
      if (read < 0) {
        break;
      }
    }
    buffer.flip();
    return buffer.remaining() >= wanted;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
