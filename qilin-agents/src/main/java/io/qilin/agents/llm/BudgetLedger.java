package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A small file that keeps the counters of a budget's day: written beside its place, forced to the disk and renamed before a
 * call is sent, so that a crash leaves the old or the new counters. A second file with the ending {@code .lock} keeps other
 * processes away. Thread-safe: one lock.
 */
public final class BudgetLedger implements AutoCloseable {
  /** The code of ISO 4217 for no currency. */
  static final String NONE = "XXX";

  /** What a file holds. */
  private record Kept(String currency, BudgetDay day) {}

  private static final String TITLE = "qilin-budget 1";
  private static final int MOST_BYTES = 4 << 20;
  private static final Pattern NUMBERS = Pattern.compile(
      "(total|strategy ([A-Za-z0-9_.-]{1,64})) ([0-9]{1,19}) ([0-9]{1,40}(?:\\.[0-9]{1,64})?)");
  private static final Pattern HEAD =
      Pattern.compile("day ([0-9]{4}-[0-9]{2}-[0-9]{2}) ([A-Z]{3})");

  private final Path path;
  private final FileChannel lockFile;
  private final FileLock lock;
  private String currency = NONE;
  private boolean behind;
  private boolean closed;

  private BudgetLedger(Path path, FileChannel lockFile, FileLock lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Takes a file, which need not exist, in an existing folder.
   *
   * @throws QilinException IO if the folder cannot be written, or another process or budget uses the file
   */
  public static BudgetLedger open(Path path) {
    Path file = path.toAbsolutePath();
    FileChannel channel = null;
    try {
      channel = FileChannel.open(
          beside(file, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new BudgetLedger(file, channel, lock);
      }
      channel.close();
      throw inUse(file);
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel, e);
      throw inUse(file);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw failure(file, "the ledger cannot be opened; does its folder exist?", e);
    }
  }

  private static void closeQuietly(
      @org.jspecify.annotations.Nullable FileChannel channel, Exception why) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private static QilinException inUse(Path file) {
    return new QilinException(
        ErrorCode.IO, name(file) + ": another process or budget uses this ledger; close it first");
  }

  /** Reads the counters if they are of the day or a later one, and names the currency of the next ones. */
  synchronized Optional<BudgetDay> begin(String used, LocalDate day) {
    Optional<Kept> kept = Files.exists(path) ? Optional.of(read()) : Optional.empty();
    Optional<Kept> current = kept.filter(found -> !found.day().day().isBefore(day));
    String before = current.map(Kept::currency).orElse(NONE);
    if (!used.equals(NONE) && !before.equals(NONE) && !before.equals(used)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          name(path) + ": the ledger counts " + before + " today, the prices are in " + used
              + "; use another file");
    }
    currency = used.equals(NONE) ? before : used;
    return current.map(Kept::day);
  }

  private Kept read() {
    String text;
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw damaged("it has " + Files.size(path) + " bytes");
      }
      text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw failure(path, "the ledger cannot be read", e);
    }
    int end = text.lastIndexOf("crc32c ");
    if (end < 0 || !text.substring(end).equals(sum(text.substring(0, end)))) {
      throw damaged("its checksum is wrong");
    }
    List<String> lines = text.substring(0, end).lines().toList();
    Matcher head = HEAD.matcher(lines.size() > 2 ? lines.get(1) : "");
    if (!head.matches() || !lines.get(0).equals(TITLE)) {
      throw damaged("its head is not " + TITLE);
    }
    BudgetAmount total = BudgetAmount.NONE;
    SortedMap<String, BudgetAmount> strategies = new TreeMap<>();
    for (String line : lines.subList(2, lines.size())) {
      Matcher numbers = NUMBERS.matcher(line);
      if (!numbers.matches()) {
        throw damaged("it has a line that is no counter: " + QilinException.quote(line));
      }
      BudgetAmount amount =
          new BudgetAmount(tokens(numbers.group(3)), new BigDecimal(numbers.group(4)));
      if (numbers.group(2) == null) {
        total = amount;
      } else {
        strategies.put(numbers.group(2), amount);
      }
    }
    return new Kept(head.group(2), new BudgetDay(date(head.group(1)), total, strategies));
  }

  private long tokens(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw damaged("a counter is too large: " + digits);
    }
  }

  private LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (java.time.format.DateTimeParseException e) {
      throw damaged("its day is no day: " + text);
    }
  }

  /** Writes the counters; durable on return. */
  synchronized void write(BudgetDay day) {
    if (closed) {
      throw new QilinException(ErrorCode.IO, name(path) + ": the ledger is closed");
    }
    StringBuilder text = new StringBuilder(TITLE)
        .append("\nday ")
        .append(day.day())
        .append(' ')
        .append(currency)
        .append("\ntotal ")
        .append(numbers(day.total()))
        .append('\n');
    day.strategies()
        .forEach((name, amount) -> text.append("strategy ")
            .append(name)
            .append(' ')
            .append(numbers(amount))
            .append('\n'));
    text.append(sum(text.toString()));
    try {
      Path partial = beside(path, ".partial");
      try (FileChannel out = FileChannel.open(
          partial,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(
          partial, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder();
    } catch (IOException e) {
      throw failure(path, "the ledger cannot be written; nothing was sent", e);
    }
  }

  /** Makes the rename durable where the system lets a folder be opened, which Windows does not. */
  private void syncFolder() throws IOException {
    Path folder = path.getParent();
    if (folder == null || java.io.File.separatorChar == '\\') {
      return;
    }
    try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }

  /**
   * Writes counters after a call. After a failure the file holds the higher ones of before the call, {@link #behind} says so, and
   * the next reservation writes everything anew before it sends, or fails.
   */
  synchronized void writeLater(BudgetDay day) {
    try {
      write(day);
      behind = false;
    } catch (QilinException e) {
      behind = true;
    }
  }

  /** Whether the use of the last call could not be written yet, so that the file holds what was reserved for it. */
  public synchronized boolean behind() {
    return behind;
  }

  private static String numbers(BudgetAmount amount) {
    return amount.tokens() + " " + amount.money().toPlainString();
  }

  private static String sum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return "crc32c " + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
  }

  private static Path beside(Path path, String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }

  private static String name(Path path) {
    return QilinException.quote(String.valueOf(path.getFileName()));
  }

  private QilinException damaged(String how) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        name(path) + ": this is not a whole ledger: " + how
            + "; restore it, or remove it if the day's use may begin at 0");
  }

  private static QilinException failure(Path path, String what, IOException e) {
    return new QilinException(ErrorCode.IO, name(path) + ": " + what, e);
  }

  /** Gives the file free for others; the counters stay. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw failure(path, "the ledger cannot be closed", e);
    }
  }
}
