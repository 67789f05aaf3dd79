package io.qilin.data.csv;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.data.internal.AtomicFile;
import io.qilin.data.internal.Place;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a table as CSV: UTF-8, a header, a line feed after each row. Cells are given one after the
 * other, {@link #endRow} ends a row.
 *
 * <ul>
 *   <li>A number is the shortest text that reads back to the same double; {@code NaN} is an empty
 *       cell, infinities are {@code inf} and {@code -inf}.
 *   <li>A day is {@code yyyy-MM-dd}, an instrument {@link Symbol#qlib()}, a truth value 1 or 0.
 *   <li>A text that a spreadsheet could take for a formula gets an apostrophe in front, which
 *       {@link CsvTextTable} takes away again; numbers never do.
 * </ul>
 *
 * <p>A file appears whole, at {@link #commit}, or not at all; a name that ends in {@code .gz} is
 * compressed. The same table gives the same text, and the same bytes within one Java version. Not
 * thread-safe.
 */
public final class CsvTableWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_NUMBER = 32;

  private final Optional<AtomicFile> file;
  private final Path name;
  private final OutputStream out;
  private final int columns;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private int cells;
  private boolean ended;

  private CsvTableWriter(
      Optional<AtomicFile> file, Path name, OutputStream out, List<String> header) {
    this.file = file;
    this.name = name;
    this.out = out;
    this.columns = header.size();
    if (header.isEmpty()) {
      throw QilinException.invalid("a table needs at least one column");
    }
  }

  /**
   * Starts a file and writes its header.
   *
   * @param target where the file is to be; it is replaced at {@link #commit}
   * @param header the names of the columns
   * @throws QilinException IO; INVALID_ARGUMENT without columns
   */
  public static CsvTableWriter open(Path target, List<String> header) {
    AtomicFile file = AtomicFile.create(target);
    try {
      OutputStream out = compressed(target, file.stream());
      return begin(new CsvTableWriter(Optional.of(file), target, out, header), header);
    } catch (QilinException e) {
      discard(file, e);
      throw e;
    }
  }

  private static OutputStream compressed(Path target, OutputStream out) {
    if (!Place.name(target).toLowerCase(Locale.ROOT).endsWith(".gz")) {
      return out;
    }
    try {
      return new GZIPOutputStream(out, BUFFER);
    } catch (IOException e) {
      throw AtomicFile.failure(target, e);
    }
  }

  /**
   * Starts a table on a stream, such as the standard output. The stream is flushed at
   * {@link #commit} and never closed.
   *
   * @param header the names of the columns
   * @throws QilinException IO; INVALID_ARGUMENT without columns
   */
  public static CsvTableWriter on(OutputStream stream, List<String> header) {
    OutputStream out = new BufferedOutputStream(stream);
    return begin(new CsvTableWriter(Optional.empty(), Path.of("output"), out, header), header);
  }

  private static CsvTableWriter begin(CsvTableWriter writer, List<String> header) {
    header.forEach(writer::text);
    return writer.endRow();
  }

  private static void discard(AtomicFile file, QilinException because) {
    try {
      file.close();
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /** A number; {@code NaN} is an empty cell. */
  public CsvTableWriter number(double value) {
    beginCell(LONGEST_NUMBER);
    if (Double.isInfinite(value)) {
      ascii(value > 0 ? "inf" : "-inf");
    } else if (Double.isNaN(value)) {
      blank();
    } else {
      filled = ShortestDecimal.write(value, buffer, filled);
    }
    return this;
  }

  /** A whole number. */
  public CsvTableWriter integer(long value) {
    beginCell(LONGEST_NUMBER);
    ascii(Long.toString(value));
    return this;
  }

  /** An amount in yuan with two decimals. */
  public CsvTableWriter money(Money value) {
    beginCell(LONGEST_NUMBER);
    ascii(value.toString());
    return this;
  }

  /** A truth value: 1 or 0. */
  public CsvTableWriter flag(boolean value) {
    return integer(value ? 1 : 0);
  }

  /** A day of the years 1 to 9999. */
  public CsvTableWriter day(LocalDate value) {
    beginCell(LONGEST_NUMBER);
    ascii(value.toString());
    return this;
  }

  /** An instrument, as {@link Symbol#qlib()}. */
  public CsvTableWriter instrument(Symbol value) {
    beginCell(2 * LONGEST_NUMBER);
    ascii(value.qlib());
    return this;
  }

  /** A cell of which nothing is known. */
  public CsvTableWriter empty() {
    beginCell(2);
    blank();
    return this;
  }

  /** A text of no characters, which is known: it differs from {@link #empty} by its quotation marks. */
  CsvTableWriter emptyText() {
    beginCell(2);
    ascii("\"\"");
    return this;
  }

  /** A short text of ASCII letters, digits and signs that no spreadsheet takes for a formula. */
  CsvTableWriter plain(String value) {
    beginCell(value.length());
    ascii(value);
    return this;
  }

  /** Nothing, but for a table of one column, where an empty line would be no row. */
  private void blank() {
    if (columns == 1) {
      ascii("\"\"");
    }
  }

  /**
   * A text.
   *
   * @throws QilinException INVALID_ARGUMENT if it has a NUL or half a surrogate pair, which no
   *     UTF-8 text file can hold
   */
  public CsvTableWriter text(String value) {
    Objects.requireNonNull(value, "value");
    if (value.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw QilinException.invalid("a text with a NUL or an unpaired surrogate cannot be written: "
          + QilinException.quote(value));
    }
    if (value.isEmpty()) {
      return empty();
    }
    beginCell(1);
    bytes(quoted(TextCell.encode(value)).getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == ';' || c < ' ')
        && cell.equals(cell.strip());
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /**
   * Ends the row.
   *
   * @throws QilinException INVALID_ARGUMENT if it has not as many cells as the header
   */
  public CsvTableWriter endRow() {
    if (cells != columns) {
      throw QilinException.invalid(
          "a row of " + cells + " cells does not fit the header of " + columns);
    }
    cells = 0;
    room(1);
    buffer[filled++] = '\n';
    return this;
  }

  /**
   * Ends the table: the file is in its place now, and on the disk.
   *
   * @throws QilinException IO; INVALID_ARGUMENT within a row or if called twice
   */
  public void commit() {
    if (ended || cells != 0) {
      throw QilinException.invalid("a table is ended once, after a whole row");
    }
    ended = true;
    flush();
    try {
      if (out instanceof GZIPOutputStream gzip) {
        gzip.finish();
      }
      out.flush();
      if (file.isPresent()) {
        file.get().publish();
      }
    } catch (IOException e) {
      throw AtomicFile.failure(name, e);
    }
  }

  /**
   * Ends the work; without {@link #commit} the file is not written.
   *
   * @throws QilinException IO
   */
  @Override
  public void close() {
    ended = true;
    if (file.isPresent()) {
      try {
        file.get().close();
      } catch (IOException e) {
        throw AtomicFile.failure(name, e);
      }
    }
  }

  private void beginCell(int length) {
    if (ended) {
      throw QilinException.invalid("the table is ended; nothing more can be written");
    }
    room(length + 1);
    if (cells++ > 0) {
      buffer[filled++] = ',';
    }
  }

  private void room(int length) {
    if (filled + length > buffer.length) {
      flush();
    }
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      buffer[filled++] = (byte) text.charAt(i);
    }
  }

  private void bytes(byte[] text) {
    for (int at = 0; at < text.length; ) {
      int n = Math.min(text.length - at, buffer.length - filled);
      System.arraycopy(text, at, buffer, filled, n);
      filled += n;
      at += n;
      if (filled == buffer.length) {
        flush();
      }
    }
  }

  private void flush() {
    try {
      out.write(buffer, 0, filled);
      filled = 0;
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, Place.name(name) + ": the table cannot be written", e);
    }
  }
}
