package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of questions to models and what came of them, one JSON object a line, each with its checksum. Lines are only added;
 * of several about one question the last counts. A line that a crash cut off at the end is dropped; any other damage is an
 * error. An answer is given only to a question that stands beside it letter by letter.
 *
 * <p>It holds prompts and replies in full, and no secret: keys are no part of a question. In memory it keeps the places of
 * the lines, about 200 bytes each. Limits: a million lines, 8 MiB a line. Thread-safe: one lock around places and end.
 */
public final class Cassette implements AutoCloseable {
  static final int LONGEST_LINE = 8 << 20;
  private static final int MOST_LINES = 1_000_000;
  private static final int KEY_DIGITS = 64;
  private static final String START = "{\"v\":1,\"key\":\"";

  private record Place(long start, int length, int line) {}

  private final String name;
  private final FileChannel channel;
  private final boolean writable;
  private final Map<String, Place> places = new HashMap<>();
  private final Set<String> answered = new HashSet<>();
  private long end;
  private int lines;
  private long dropped;

  private Cassette(Path path, FileChannel channel, boolean writable) {
    this.name = QilinException.quote(String.valueOf(path.getFileName()));
    this.channel = channel;
    this.writable = writable;
  }

  /**
   * Opens a cassette to add to it; makes it if it is not there.
   *
   * @throws QilinException IO if it cannot be opened, or another uses it; DATA_FORMAT if it is damaged; LIMIT_EXCEEDED if it
   *     is too long
   */
  public static Cassette open(Path path) {
    return open(
        path, true, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
  }

  /**
   * Opens a cassette that stays as it is.
   *
   * @throws QilinException DATA_NOT_FOUND if it is not there; otherwise as {@link #open}
   */
  public static Cassette openReadOnly(Path path) {
    return open(path, false, StandardOpenOption.READ);
  }

  private static Cassette open(Path path, boolean writable, OpenOption... options) {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, options);
    } catch (NoSuchFileException e) {
      ErrorCode code = writable ? ErrorCode.IO : ErrorCode.DATA_NOT_FOUND;
      throw new QilinException(
          code,
          QilinException.quote(String.valueOf(path.getFileName()))
              + (writable ? ": the folder of the cassette does not exist" : ": no such cassette"),
          e);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO,
          QilinException.quote(String.valueOf(path.getFileName()))
              + ": the cassette cannot be opened",
          e);
    }
    Cassette cassette = new Cassette(path, channel, writable);
    boolean ready = false;
    try {
      cassette.begin();
      ready = true;
      return cassette;
    } catch (IOException e) {
      throw cassette.failure("the cassette cannot be read", e);
    } finally {
      if (!ready) {
        cassette.close();
      }
    }
  }

  private void begin() throws IOException {
    if (writable) {
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          throw inUse(null);
        }
      } catch (OverlappingFileLockException e) {
        throw inUse(e);
      }
    }
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = in.read(); read >= 0; read = in.read()) {
      if (read == '\n') {
        index(line.toByteArray());
        line.reset();
      } else {
        line.write(read);
        if (line.size() > LONGEST_LINE) {
          throw new QilinException(
              ErrorCode.LIMIT_EXCEEDED,
              name + ": line " + (lines + 1) + " has more than " + LONGEST_LINE + " bytes");
        }
      }
    }
    dropped = line.size();
    if (dropped > 0 && !CassetteFrame.isTorn(line.toByteArray())) {
      throw damaged(lines + 1, "what stands at the end is not the beginning of a line");
    }
    if (dropped > 0 && writable) {
      channel.truncate(end);
    }
  }

  private void index(byte[] line) {
    lines++;
    if (lines > MOST_LINES) {
      throw tooMany();
    }
    String entry =
        CassetteFrame.entry(line).orElseThrow(() -> damaged(lines, "its checksum is wrong"));
    int digits = START.length() + KEY_DIGITS;
    if (!entry.startsWith(START) || entry.length() <= digits || entry.charAt(digits) != '"') {
      throw damaged(lines, "it is no question of version 1");
    }
    places.put(entry.substring(START.length(), digits), new Place(end, line.length, lines));
    end += line.length + 1L;
  }

  /** What came of a question, if it was recorded. */
  Optional<CassetteEntry> find(String key, String question) {
    Place place;
    synchronized (this) {
      place = places.get(key);
    }
    return place == null ? Optional.empty() : Optional.of(read(place, key, question));
  }

  private CassetteEntry read(Place place, String key, String question) {
    ByteBuffer line = ByteBuffer.allocate(place.length());
    try {
      int read = 0;
      while (line.hasRemaining() && read >= 0) {
        read = channel.read(line, place.start() + line.position());
      }
    } catch (IOException e) {
      throw failure("the cassette cannot be read", e);
    }
    String entry = CassetteFrame.entry(line.array())
        .orElseThrow(() -> damaged(place.line(), "it has changed since it was opened"));
    if (!entry.startsWith(CassetteEntry.start(key))
        || !entry.endsWith(CassetteEntry.end(question))) {
      throw damaged(place.line(), "its question is another than its key says");
    }
    return CassetteReader.read(entry)
        .orElseThrow(() -> damaged(place.line(), "its reply cannot be read"));
  }

  /** Whether the question was answered since the cassette was opened. */
  synchronized boolean answeredHere(String key) {
    return answered.contains(key);
  }

  /**
   * Adds what came of a question, unless it was answered since the cassette was opened.
   *
   * @return whether it was added; if not, what stands there already counts
   */
  synchronized boolean add(String key, String question, CassetteEntry entry) {
    if (!writable) {
      throw new QilinException(ErrorCode.IO, name + ": this cassette was opened to be read only");
    }
    if (answered.contains(key)) {
      return false;
    }
    if (lines >= MOST_LINES) {
      throw tooMany();
    }
    byte[] line = CassetteFrame.frame(entry.text(key, question));
    if (line.length > LONGEST_LINE) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          name + ": question and reply have " + line.length + " bytes, more than " + LONGEST_LINE);
    }
    try {
      write(line);
    } catch (IOException e) {
      throw failure("the cassette cannot be written", e);
    }
    lines++;
    places.put(key, new Place(end, line.length - 1, lines));
    end += line.length;
    if (entry.reply().isPresent()) {
      answered.add(key);
    }
    return true;
  }

  /** Writes at the end; what a failure leaves behind is overwritten by the next line. */
  private void write(byte[] line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line);
    while (bytes.hasRemaining()) {
      channel.write(bytes, end + bytes.position());
    }
  }

  /** How many questions it knows. */
  public synchronized int size() {
    return places.size();
  }

  /** Bytes of a line that a crash had cut off, dropped when it was opened. */
  public synchronized long droppedBytes() {
    return dropped;
  }

  /**
   * Forces to the disk what was added.
   *
   * @throws QilinException IO if that fails
   */
  public void sync() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failure("the cassette cannot be forced to the disk", e);
    }
  }

  /** Forces to the disk what was added, and frees the file. */
  @Override
  public void close() {
    try (channel) {
      if (writable && channel.isOpen()) {
        channel.force(false);
      }
    } catch (IOException e) {
      throw failure("the cassette cannot be closed", e);
    }
  }

  private QilinException inUse(@Nullable OverlappingFileLockException cause) {
    return new QilinException(
        ErrorCode.IO, name + ": another process or cassette uses this file; close it first", cause);
  }

  private QilinException tooMany() {
    return new QilinException(
        ErrorCode.LIMIT_EXCEEDED,
        name + ": a cassette has at most " + MOST_LINES + " lines; begin another");
  }

  private QilinException damaged(int line, String how) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        name + ", line " + line + ": the cassette is damaged: " + how
            + "; restore it, or remove the line if its question may be asked again");
  }

  private QilinException failure(String what, IOException e) {
    return new QilinException(ErrorCode.IO, name + ": " + what, e);
  }

  /** For example {@code 'desk.jsonl'}. */
  @Override
  public String toString() {
    return name;
  }
}
