package io.qilin.data.lineage;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Steps in a file that only grows: one JSON object on each line, with a checksum. What a crash left of the last line is
 * cut off when the log is opened, and told by {@link #recovered}; damage anywhere else is refused with its line.
 *
 * <p>{@link #append} hands the line to the system; {@link #force} and {@link #close} put it on the disk. One writer at a
 * time: a lock on the file keeps others out. An interrupt of a thread that reads or writes changes nothing. Memory: {@link #forEach} and {@link #downstream} hold one step and what they
 * found, {@link #upstream} 8 bytes for each step besides; {@link #graph} holds everything and is limited. Thread-safe.
 */
public final class LineageLog implements AutoCloseable {
  /** The most bytes of a line: 4 MiB. */
  public static final int MAX_LINE = 1 << 22;

  /** The most steps that {@link #graph} holds: 200,000. */
  public static final int MAX_GRAPH_STEPS = 200_000;

  private final Path file;
  /** Not its channel, which an interrupt of any thread that uses it would close for all. */
  private final RandomAccessFile bytes;

  private final FileLock lock;
  private final @Nullable String recovered;
  private boolean closed;

  private LineageLog(Path file, RandomAccessFile bytes, FileLock lock, @Nullable String recovered) {
    this.file = file;
    this.bytes = bytes;
    this.lock = lock;
    this.recovered = recovered;
  }

  /**
   * Opens a log to read and to append; a file that is not there is made.
   *
   * @throws QilinException DATA_FORMAT for damage before the last line; DATA_CONFLICT if another holds the log;
   *     UNSUPPORTED for a path of another file system than the machine's; IO
   */
  public static LineageLog open(Path file) {
    RandomAccessFile bytes = null;
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent == null || !Files.isDirectory(parent)) {
        throw new QilinException(
            ErrorCode.IO, name(file) + ": the folder of the log does not exist");
      }
      bytes = new RandomAccessFile(file.toFile(), "rw");
      FileLock lock = lock(bytes, file);
      LogLines lines = new LogLines(bytes, file);
      lines.scan((step, at) -> {});
      String torn = null;
      if (lines.end() < bytes.length()) {
        torn = name(file) + ": the last line was not whole; " + (bytes.length() - lines.end())
            + " bytes were cut off after step " + lines.count();
        bytes.setLength(lines.end());
        bytes.getFD().sync();
      }
      return new LineageLog(file, bytes, lock, torn);
    } catch (IOException e) {
      close(bytes, e);
      throw failure(file, e);
    } catch (UnsupportedOperationException e) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED, name(file) + ": a log lies in the file system of the machine", e);
    } catch (QilinException e) {
      close(bytes, e);
      throw e;
    }
  }

  private static FileLock lock(RandomAccessFile bytes, Path file) throws IOException {
    FileLock lock;
    try {
      lock = bytes.getChannel().tryLock();
    } catch (OverlappingFileLockException e) {
      throw inUse(file, e);
    }
    if (lock == null) {
      throw inUse(file, null);
    }
    return lock;
  }

  private static QilinException inUse(Path file, @Nullable Exception cause) {
    return new QilinException(
        ErrorCode.DATA_CONFLICT,
        name(file) + ": another has the log open; close it there, or write a log of your own and"
            + " merge",
        cause);
  }

  private static void close(@Nullable RandomAccessFile bytes, Exception because) {
    if (bytes != null) {
      try {
        bytes.close();
      } catch (IOException e) {
        because.addSuppressed(e);
      }
    }
  }

  private static QilinException failure(Path file, IOException e) {
    return new QilinException(ErrorCode.IO, name(file) + ": the log cannot be read or written", e);
  }

  static String name(Path file) {
    return QilinException.quote(String.valueOf(file.getFileName()));
  }

  /** What was cut off when the log was opened, for a message; empty if nothing. */
  public Optional<String> recovered() {
    return Optional.ofNullable(recovered);
  }

  /**
   * Adds a step.
   *
   * @throws QilinException LIMIT_EXCEEDED for a step of more than {@link #MAX_LINE} bytes; IO
   */
  public synchronized void append(LineageStep step) {
    byte[] line = LogLine.frame(StepJson.write(step));
    if (line.length > MAX_LINE) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the step " + QilinException.quote(step.operation()) + " takes " + line.length
              + " bytes, a line of the log at most " + MAX_LINE + "; name fewer facts or columns");
    }
    try {
      long start = bytes.length();
      try {
        bytes.seek(start);
        bytes.write(line);
      } catch (IOException e) {
        bytes.setLength(start);
        throw e;
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** Adds all steps of a graph. */
  public void append(LineageGraph graph) {
    graph.steps().forEach(this::append);
  }

  /**
   * Puts what was appended on the disk.
   *
   * @throws QilinException IO
   */
  public synchronized void force() {
    try {
      bytes.getFD().sync();
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /**
   * Reads all steps, oldest first, one after the other.
   *
   * @throws QilinException DATA_FORMAT; IO
   */
  public synchronized void forEach(Consumer<LineageStep> reader) {
    scan((step, at) -> reader.accept(step));
  }

  private LogLines scan(LogLines.Reader reader) {
    try {
      LogLines lines = new LogLines(bytes, file);
      lines.scan(reader);
      return lines;
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /**
   * All steps as a graph.
   *
   * @throws QilinException LIMIT_EXCEEDED for a log of more than {@link #MAX_GRAPH_STEPS} steps: ask for the part {@link
   *     #upstream} or {@link #downstream} of a node
   */
  public synchronized LineageGraph graph() {
    LineageGraph.Builder graph = LineageGraph.builder();
    int[] count = {0};
    scan((step, at) -> {
      checkCount(++count[0]);
      graph.add(step);
    });
    return graph.build();
  }

  private void checkCount(int steps) {
    if (steps > MAX_GRAPH_STEPS) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          name(file) + ": more than " + MAX_GRAPH_STEPS
              + " steps are too many for one graph; ask for what lies upstream or downstream of a"
              + " node");
    }
  }

  /**
   * The steps on which some content rests. Steps are expected after those that made their inputs, as they are recorded; a
   * log in another order is read again until nothing new is found.
   *
   * @throws QilinException LIMIT_EXCEEDED if the answer has more than {@link #MAX_GRAPH_STEPS} steps; DATA_FORMAT; IO
   */
  public synchronized LineageGraph upstream(ContentHash hash) {
    LongList places = new LongList();
    scan((step, at) -> places.add(at));
    Set<ContentHash> wanted = new HashSet<>(Set.of(hash));
    List<LineageStep> found = new ArrayList<>();
    int before = 0;
    while (wanted.size() != before) {
      before = wanted.size();
      found.clear();
      for (int i = places.size() - 1; i >= 0; i--) {
        LineageStep step = at(places.get(i), i + 1);
        if (step.outputs().stream().anyMatch(node -> wanted.contains(node.hash()))) {
          found.add(step);
          checkCount(found.size());
          step.inputs().forEach(node -> wanted.add(node.hash()));
        }
      }
    }
    Collections.reverse(found);
    return LineageGraph.of(found);
  }

  private LineageStep at(long place, long number) {
    try {
      return LogLines.at(bytes, file, place, number);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /**
   * The steps that rest on some content; as {@link #upstream} in the other direction.
   *
   * @throws QilinException as {@link #upstream}
   */
  public synchronized LineageGraph downstream(ContentHash hash) {
    Set<ContentHash> reached = new HashSet<>(Set.of(hash));
    List<LineageStep> found = new ArrayList<>();
    int before = 0;
    while (reached.size() != before) {
      before = reached.size();
      found.clear();
      scan((step, at) -> {
        if (step.inputs().stream().anyMatch(node -> reached.contains(node.hash()))) {
          found.add(step);
          checkCount(found.size());
          step.outputs().forEach(node -> reached.add(node.hash()));
        }
      });
    }
    return LineageGraph.of(found);
  }

  /**
   * Appends what another log has and this one lacks, in its order. Memory: 16 bytes and a little for each step of this
   * log. Two logs are not to be merged into each other at the same time.
   *
   * @return how many steps were new
   * @throws QilinException DATA_FORMAT; IO
   */
  public synchronized int merge(LineageLog other) {
    if (other == this) {
      return 0;
    }
    Set<UUID> known = new HashSet<>();
    forEach(step -> known.add(step.id()));
    int[] added = {0};
    other.forEach(step -> {
      if (known.add(step.id())) {
        append(step);
        added[0]++;
      }
    });
    return added[0];
  }

  /**
   * Puts everything on the disk and lets others open the log.
   *
   * @throws QilinException IO
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (RandomAccessFile closing = bytes) {
      closing.getFD().sync();
      lock.release();
    } catch (IOException e) {
      throw failure(file, e);
    }
  }
}
