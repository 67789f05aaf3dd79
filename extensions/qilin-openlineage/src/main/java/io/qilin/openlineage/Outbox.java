package io.qilin.openlineage;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait to be sent, in a file: what is appended survives the end of the process. Beside it lie {@code .sent},
 * how far it was sent, and {@code .refused}, what the server would not take. When all is sent, the file is emptied. One
 * process at a time; thread-safe by one lock.
 *
 * <p>Not channels but {@link RandomAccessFile}: an interrupt of a thread that uses a channel would close it for all.
 */
final class Outbox implements AutoCloseable {
  /** The most bytes of an event: 4 MiB. */
  static final int MAX_EVENT = 1 << 22;

  private static final int PIECE = 1 << 13;

  private final Path path;
  private final long maxBytes;
  private final RandomAccessFile file;
  private final RandomAccessFile markFile;
  private final SentMark mark;
  private long begin;
  private long end;
  private long pending;
  private boolean closed;

  private Outbox(Path path, long maxBytes, RandomAccessFile file, RandomAccessFile markFile) {
    this.path = path;
    this.maxBytes = maxBytes;
    this.file = file;
    this.markFile = markFile;
    this.mark = new SentMark(markFile);
  }

  /**
   * Opens an outbox; one that is not there is made. What a crash left of the last line is cut off.
   *
   * @throws QilinException DATA_FORMAT for damage elsewhere, or a file that is no outbox; DATA_CONFLICT if another has it
   *     open; UNSUPPORTED for a path of another file system than the machine's; IO
   */
  static Outbox open(Path path, long maxBytes) {
    RandomAccessFile file = null;
    RandomAccessFile markFile = null;
    try {
      file = new RandomAccessFile(path.toFile(), "rw");
      lock(file, path);
      markFile = new RandomAccessFile(beside(path, ".sent").toFile(), "rw");
      Outbox outbox = new Outbox(path, maxBytes, file, markFile);
      outbox.recover();
      return outbox;
    } catch (UnsupportedOperationException e) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          name(path) + ": an outbox lies in the file system of the machine",
          e);
    } catch (IOException e) {
      close(file, e);
      close(markFile, e);
      throw failure(path, e);
    } catch (QilinException e) {
      close(file, e);
      close(markFile, e);
      throw e;
    }
  }

  private static void lock(RandomAccessFile file, Path path) throws IOException {
    FileLock lock;
    try {
      lock = file.getChannel().tryLock();
    } catch (OverlappingFileLockException e) {
      throw inUse(path, e);
    }
    if (lock == null) {
      throw inUse(path, null);
    }
  }

  private static QilinException inUse(Path path, @Nullable Exception cause) {
    return new QilinException(
        ErrorCode.DATA_CONFLICT,
        name(path) + ": another sender has the outbox open; give each sender its own",
        cause);
  }

  private static void close(@Nullable RandomAccessFile file, Exception because) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        because.addSuppressed(e);
      }
    }
  }

  private static Path beside(Path path, String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private static String name(Path path) {
    return QilinException.quote(String.valueOf(path.getFileName()));
  }

  private static QilinException failure(Path path, IOException e) {
    return new QilinException(
        ErrorCode.IO, name(path) + ": the outbox of events cannot be read or written", e);
  }

  private void recover() throws IOException {
    long size = file.length();
    long sent = mark.read();
    begin = 0;
    long line = 0;
    while (end < size) {
      byte[] bytes = lineAt(end, size);
      long next = end + bytes.length + 1;
      if (next > size || EventLine.event(bytes).isEmpty()) {
        if (next < size || !EventLine.isTorn(bytes)) {
          throw new QilinException(
              ErrorCode.DATA_FORMAT,
              name(path) + ", line " + (line + 1)
                  + ": the line does not fit its checksum; move the file away and send the"
                  + " lineage again from its log");
        }
        file.setLength(end);
        break;
      }
      line++;
      end = next;
      if (end <= sent) {
        begin = end;
      } else {
        pending++;
      }
    }
    if (begin != sent) {
      mark.write(begin);
    }
  }

  /** The bytes from a place to the end of its line, or to the end of the file. */
  private byte[] lineAt(long place, long size) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(PIECE);
    byte[] piece = new byte[PIECE];
    file.seek(place);
    for (long at = place; at < size && line.size() <= MAX_EVENT + PIECE; ) {
      int count = file.read(piece, 0, (int) Math.min(PIECE, size - at));
      if (count < 0) {
        break;
      }
      for (int i = 0; i < count; i++) {
        if (piece[i] == '\n') {
          line.write(piece, 0, i);
          return line.toByteArray();
        }
      }
      line.write(piece, 0, count);
      at += count;
    }
    return line.toByteArray();
  }

  /**
   * Adds events: all of them or, if that fails, none.
   *
   * @throws QilinException LIMIT_EXCEEDED for an event or an outbox that is too large; INVALID_ARGUMENT when closed; IO
   */
  synchronized void append(List<String> events) {
    checkOpen();
    ByteArrayOutputStream lines = new ByteArrayOutputStream(PIECE);
    for (String event : events) {
      byte[] line = EventLine.frame(event);
      if (line.length > MAX_EVENT) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED,
            "an event takes " + line.length + " bytes, at most " + MAX_EVENT
                + " are sent; name fewer facts, columns or parameters in the step");
      }
      lines.writeBytes(line);
    }
    if (end + lines.size() > maxBytes) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          name(path) + ": " + pending + " events wait, and no more fit in " + maxBytes
              + " bytes; bring the server back and drain, or allow a larger outbox");
    }
    try {
      try {
        file.seek(end);
        file.write(lines.toByteArray());
      } catch (IOException e) {
        file.setLength(end);
        throw e;
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
    end += lines.size();
    pending += events.size();
  }

  /** The oldest event that is not sent; empty if all are. */
  synchronized Optional<String> next() {
    checkOpen();
    if (begin == end) {
      return Optional.empty();
    }
    try {
      return Optional.of(EventLine.event(lineAt(begin, end))
          .orElseThrow(() -> new QilinException(
              ErrorCode.DATA_FORMAT, name(path) + ": the outbox was changed while it was open")));
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** Says that the oldest event is sent. */
  synchronized void sent(String event) {
    checkOpen();
    try {
      begin += EventLine.frame(event).length;
      pending--;
      if (begin < end) {
        mark.write(begin);
        return;
      }
      // The mark first: one that outlived the events would hide those that come after.
      mark.write(0);
      file.setLength(0);
      begin = 0;
      end = 0;
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** Says that the server will never take the oldest event, and keeps it apart. */
  synchronized void refused(String event) {
    checkOpen();
    try {
      Files.write(
          beside(path, ".refused"),
          (event + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw failure(path, e);
    }
    sent(event);
  }

  synchronized long pending() {
    return pending;
  }

  /** Whether half of its room is taken. */
  synchronized boolean halfFull() {
    return end > maxBytes / 2;
  }

  private void checkOpen() {
    if (closed) {
      throw QilinException.invalid("the sender of lineage is closed; open another");
    }
  }

  /** Puts all on the disk and lets others open it. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (RandomAccessFile closing = file;
        RandomAccessFile closingMark = markFile) {
      closing.getFD().sync();
      closingMark.getFD().sync();
    } catch (IOException e) {
      throw failure(path, e);
    }
  }
}
