package io.qilin.data.csv;

import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The text of a file, decoded strictly. Refuses, with the line, what is not text in the declared
 * character set, NUL characters, and lines beyond the limit, before a parser has to hold them.
 */
final class GuardedReader extends Reader {
  private static final int BUFFER = 1 << 16;

  /** Room behind the bytes, so that eight can be read from each place. */
  private static final int PADDING = Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Eight times the character after the carriage return, the last of those that matter here. */
  private static final long BEHIND_CONTROLS = 0x0e0e_0e0e_0e0e_0e0eL;

  private static final long SPACES = 0x2020_2020_2020_2020L;
  private static final long QUOTES = 0x2222_2222_2222_2222L;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

  private final InputStream in;
  private final Place place;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final int lineLimit;
  private final ByteBuffer bytes =
      ByteBuffer.allocate(BUFFER + PADDING).limit(BUFFER).slice();
  private final boolean byLines;
  private boolean ended;
  private long line = 1;
  private int lineChars;
  private boolean afterReturn;
  private boolean loneReturn;
  private boolean lineStart;

  private GuardedReader(
      InputStream in, Place place, Charset charset, CsvLimits limits, boolean byLines) {
    this.in = in;
    this.place = place;
    this.charset = charset;
    this.decoder = charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.lineLimit = limits.lineChars();
    this.byLines = byLines;
    bytes.limit(0);
  }

  /**
   * Opens a file and looks at how it begins.
   *
   * @param byLines whether {@link #plainLine} is to be used: no read then goes beyond the end of a line
   * @throws QilinException DATA_NOT_FOUND, IO, DATA_FORMAT if it begins like no CSV file
   */
  static GuardedReader open(Path file, Charset charset, CsvLimits limits, boolean byLines) {
    Place place = Place.of(file);
    GuardedInput in = GuardedInput.open(file, limits);
    GuardedReader reader = new GuardedReader(in, place, charset, limits, byLines);
    try {
      try {
        reader.fill(4);
        reader.skipMark(FileStart.of(reader.bytes));
      } catch (RuntimeException | IOException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw GuardedInput.failure(place, e);
    }
    return reader;
  }

  private void skipMark(FileStart start) {
    if (start == FileStart.UTF8_MARK && charset.equals(StandardCharsets.UTF_8)) {
      bytes.position(3);
    } else if (start != FileStart.TEXT) {
      throw place.malformed(start.problem(charset));
    }
  }

  /** Reads until at least so many bytes are there or the file ends. */
  private void fill(int wanted) throws IOException {
    bytes.compact();
    while (!ended && bytes.position() < wanted) {
      int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
      if (n < 0) {
        ended = true;
      } else {
        bytes.position(bytes.position() + n);
      }
    }
    bytes.flip();
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    CharBuffer out = CharBuffer.wrap(buffer, offset, length);
    while (true) {
      int start = bytes.position();
      CoderResult result = decode(out);
      int n = out.position() - offset;
      if (bytes.position() - start == n) {
        inspectPlain(start, n, buffer, offset);
      } else {
        inspect(buffer, offset, n);
      }
      if (result.isError()) {
        throw place.line(line).malformed(undecodable());
      }
      if (n > 0 || length == 0) {
        lineStart = n > 0 && buffer[offset + n - 1] == '\n';
        return n;
      }
      if (ended) {
        return -1;
      }
      fill(bytes.remaining() + 1);
    }
  }

  private CoderResult decode(CharBuffer out) {
    int limit = bytes.limit();
    int end = byLines ? lineEnd(bytes.position(), limit) : limit;
    bytes.limit(end);
    CoderResult result = decoder.decode(bytes, out, ended && end == limit);
    bytes.limit(limit);
    return result;
  }

  private int lineEnd(int from, int limit) {
    for (int i = from; i < limit; i++) {
      if (bytes.get(i) == '\n') {
        return i + 1;
      }
    }
    return limit;
  }

  /**
   * Looks for a line that is plain: printable ASCII without a quotation mark, not empty, ended, and in the buffer.
   *
   * @return where it ends in {@link #bytes}, before {@code \n} or {@code \r\n}; it begins at {@link #position}; -1 if the
   *     next line is not plain, or the last read ended within a line, or a line ended with {@code \r} alone
   */
  int plainLine() {
    if (!byLines || !lineStart || loneReturn) {
      return -1;
    }
    int end = firstSpecial();
    if (end < 0 && !ended && bytes.remaining() <= bytes.capacity() / 2) {
      try {
        fill(bytes.remaining() + 1);
      } catch (IOException e) {
        throw GuardedInput.failure(place, e);
      }
      end = firstSpecial();
    }
    if (end <= bytes.position() || end - bytes.position() > lineLimit) {
      return -1;
    }
    boolean returned =
        bytes.get(end) == '\r' && end + 1 < bytes.limit() && bytes.get(end + 1) == '\n';
    return returned || bytes.get(end) == '\n' ? end : -1;
  }

  /** Where the first byte is that is no printable ASCII or a quotation mark, or -1. */
  private int firstSpecial() {
    byte[] array = bytes.array();
    int limit = bytes.limit();
    for (int i = bytes.position(); i < limit; i += Long.BYTES) {
      long eight = (long) LONGS.get(array, i);
      long quotes = eight ^ QUOTES;
      long special =
          (eight | ((eight - SPACES) & ~eight) | ((quotes - ONES) & ~quotes)) & HIGHEST_BITS;
      if (special != 0) {
        int at = i + (Long.numberOfTrailingZeros(special) >>> 3);
        return at < limit ? at : -1;
      }
    }
    return -1;
  }

  /** The bytes of the file that are read; eight more are behind them. */
  byte[] bytes() {
    return bytes.array();
  }

  /** Where the next line begins. */
  int position() {
    return bytes.position();
  }

  /** Passes over the line that {@link #plainLine} found. */
  void passLine(int end) {
    bytes.position(end + (bytes.get(end) == '\r' ? 2 : 1));
    line++;
    lineChars = 0;
    afterReturn = false;
  }

  private String undecodable() {
    return charset.equals(StandardCharsets.UTF_8)
        ? "the file is not UTF-8; if it comes from a Chinese vendor, set the charset GB18030"
        : "the file is not " + charset.name() + "; if it was saved as UTF-8, set the charset UTF-8";
  }

  /**
   * Inspects characters of which each was one byte, eight at a time where all eight come behind the line end and the NUL in
   * the order of characters.
   */
  private void inspectPlain(int start, int length, char[] buffer, int offset) {
    int i = 0;
    while (i + Long.BYTES <= length) {
      long eight = (long) LONGS.get(bytes.array(), start + i);
      boolean plain = ((eight - BEHIND_CONTROLS) & ~eight & HIGHEST_BITS) == 0;
      if (plain && lineChars <= lineLimit - Long.BYTES) {
        lineChars += Long.BYTES;
        loneReturn |= afterReturn;
        afterReturn = false;
      } else {
        inspect(buffer, offset + i, Long.BYTES);
      }
      i += Long.BYTES;
    }
    inspect(buffer, offset + i, length - i);
  }

  private void inspect(char[] buffer, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      char c = buffer[i];
      if (c == '\n') {
        line += afterReturn ? 0 : 1;
        lineChars = 0;
        afterReturn = false;
      } else if (c == '\r') {
        line++;
        lineChars = 0;
        loneReturn |= afterReturn;
        afterReturn = true;
      } else {
        loneReturn |= afterReturn;
        afterReturn = false;
        if (c == 0) {
          throw place
              .line(line)
              .malformed("a NUL character; the file is binary, damaged, or UTF-16 without a mark");
        }
        if (++lineChars > lineLimit) {
          throw place
              .line(line)
              .tooLarge(
                  "the line is longer than " + lineLimit + " characters; is this a CSV file?");
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
