package io.qilin.ops.logging;

import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lines in files that together never grow beyond a cap: {@code NAME.log}, and when that is full {@code NAME-000001.log} and so on,
 * of which the oldest go first.
 *
 * <p>It outlives a full disk: lines that cannot be written are told to the caller and counted, a half line is cut off again, and
 * the next call tries anew, so it goes on as soon as there is room. Without a file to write to, it says so and tries again; the
 * cap is kept even where an old file cannot be deleted: then nothing is written. Lines are handed to the operating system, not
 * forced: they survive the process, not a loss of power. One process may write to a folder and name.
 *
 * <p>Safe for use by several threads: one lock, held while it writes. Only {@link #write} waits for a write that hangs.
 */
public final class CappedFile implements AutoCloseable {
  /** The longest line; what is longer is cut. */
  public static final int LONGEST_LINE = 64 << 10;

  private static final int BUFFER = 4 * LONGEST_LINE;

  private final LogFolder files;
  private final long fileBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private @Nullable FileChannel channel;
  private long size;
  private boolean torn;
  private boolean interrupted;
  private final AtomicLong lost = new AtomicLong();
  private volatile boolean closed;
  private volatile @Nullable String failure;

  private CappedFile(Builder builder) {
    this.files = new LogFolder(builder.folder, builder.name, builder.totalBytes, builder.fileBytes);
    this.fileBytes = builder.fileBytes;
  }

  /**
   * Sets one up; nothing is opened before the first line.
   *
   * @param folder is made when it is not there
   * @param name letters, digits, dot, dash and underscore, at most 64
   * @throws QilinException INVALID_ARGUMENT for another name
   */
  public static Builder builder(Path folder, String name) {
    return new Builder(folder, name);
  }

  /**
   * Appends lines. Does not throw: a line that cannot be written is lost, and counted.
   *
   * @param lines each with its line end
   * @return how many of them, from the first on, are in the file
   */
  public int write(List<byte[]> lines) {
    boolean was = false;
    lock.lock();
    try {
      // An interrupt would close the channel; it is put back afterwards.
      interrupted = Thread.interrupted();
      int done = writeAll(lines);
      lost.addAndGet(lines.size() - done);
      was = interrupted;
      return done;
    } finally {
      lock.unlock();
      letGoIfClosed();
      if (was) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private int writeAll(List<byte[]> lines) {
    int done = 0;
    boolean again = true;
    while (done < lines.size() && again && !closed) {
      int before = done;
      boolean shy = interrupted;
      boolean well = true;
      try {
        FileChannel open = open();
        int to = fill(lines, done);
        if (to == done) {
          roll(open);
        } else {
          done = put(open, lines, done, to);
          well = done == to;
        }
      } catch (IOException e) {
        failed(e);
        well = false;
      }
      if (well) {
        failure = null;
      }
      // What an interrupt cut short is tried once more, what else failed only while it gets on.
      again = well || done > before || (interrupted && !shy);
    }
    return done;
  }

  /** Takes as many lines as the buffer and the file have room for. */
  private int fill(List<byte[]> lines, int from) {
    buffer.clear();
    if (torn) {
      buffer.put((byte) '\n');
    }
    int to = from;
    while (to < lines.size()) {
      byte[] line = cut(lines.get(to));
      if (line.length > Math.min(buffer.remaining(), fileBytes - size - buffer.position())) {
        break;
      }
      buffer.put(line);
      to++;
    }
    buffer.flip();
    return to;
  }

  private static byte[] cut(byte[] line) {
    if (line.length <= LONGEST_LINE) {
      return line;
    }
    byte[] cut = Arrays.copyOf(line, LONGEST_LINE);
    cut[LONGEST_LINE - 1] = '\n';
    return cut;
  }

  /** Writes the buffer; where that fails, cuts off what is no whole line. */
  private int put(FileChannel open, List<byte[]> lines, int from, int to) {
    long start = size;
    boolean lead = torn;
    try {
      while (buffer.hasRemaining()) {
        open.write(buffer);
      }
      size = start + buffer.limit();
      torn = false;
      return to;
    } catch (IOException e) {
      failed(e);
    }
    int done = from;
    try {
      FileChannel again = open();
      long whole = lead ? 1 : 0;
      while (done < to && start + whole + cut(lines.get(done)).length <= size) {
        whole += cut(lines.get(done++)).length;
      }
      again.truncate(done == from ? start : start + whole);
      drop();
    } catch (IOException e) {
      failed(e);
    }
    return done;
  }

  private FileChannel open() throws IOException {
    if (channel != null && channel.isOpen()) {
      return channel;
    }
    files.makeRoom();
    FileChannel open = FileChannel.open(
        files.current(),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND);
    channel = open;
    size = open.size();
    torn = size > 0 && !files.endsWithLine();
    return open;
  }

  private void roll(FileChannel open) throws IOException {
    open.close();
    channel = null;
    files.roll();
  }

  private void failed(IOException e) {
    failure = e.getClass().getSimpleName() + ": " + e.getMessage();
    interrupted |= Thread.interrupted();
    drop();
  }

  /** Lets go of the channel; the next one looks at the file anew. */
  private void drop() {
    FileChannel last = channel;
    channel = null;
    try {
      if (last != null) {
        last.close();
      }
    } catch (IOException e) {
      failure = "closing: " + e.getMessage();
    }
  }

  /** How many lines could not be written. */
  public long lost() {
    return lost.get();
  }

  /** What was wrong the last time; empty once a line could be written again. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Closes the file; later lines are lost. Does not wait for a write that is under way: that one closes the file when it ends. */
  @Override
  public void close() {
    closed = true;
    letGoIfClosed();
  }

  /** Whoever holds the lock meanwhile is a writer, and asks this after it: so the last one lets go. */
  private void letGoIfClosed() {
    if (closed && lock.tryLock()) {
      try {
        drop();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Sets up files. */
  public static final class Builder {
    private final Path folder;
    private final String name;
    private long fileBytes = 16L << 20;
    private long totalBytes = 256L << 20;

    private Builder(Path folder, String name) {
      this.folder = Objects.requireNonNull(folder, "folder");
      if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
        throw QilinException.invalid(
            "the name of a log has 1 to 64 letters, digits, dots, dashes and" + " underscores, was "
                + QilinException.quote(name));
      }
      this.name = name;
    }

    /** How large one file gets, at least 128 KiB; 16 MiB unless set. */
    public Builder fileBytes(long most) {
      fileBytes = most;
      return this;
    }

    /** How large all files together get, at least twice one file; 256 MiB unless set. */
    public Builder totalBytes(long most) {
      totalBytes = most;
      return this;
    }

    /**
     * The files.
     *
     * @throws QilinException INVALID_ARGUMENT if a file is too small or the total does not hold two
     */
    public CappedFile build() {
      if (fileBytes < 2L * LONGEST_LINE || totalBytes / 2 < fileBytes) {
        throw QilinException.invalid("a log file has at least " + 2 * LONGEST_LINE
            + " bytes and all together at least twice that of one, was " + fileBytes + " and "
            + totalBytes);
      }
      return new CappedFile(this);
    }
  }
}
