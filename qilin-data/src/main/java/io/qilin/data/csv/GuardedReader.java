package io.qilin.data.csv;

import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
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

  private final InputStream in;
  private final Place place;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final int lineLimit;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
  private boolean ended;
  private long line = 1;
  private int lineChars;
  private boolean afterReturn;

  private GuardedReader(InputStream in, Place place, Charset charset, CsvLimits limits) {
    this.in = in;
    this.place = place;
    this.charset = charset;
    this.decoder = charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.lineLimit = limits.lineChars();
    bytes.limit(0);
  }

  /**
   * Opens a file and looks at how it begins.
   *
   * @throws QilinException DATA_NOT_FOUND, IO, DATA_FORMAT if it begins like no CSV file
   */
  static GuardedReader open(Path file, Charset charset, CsvLimits limits) {
    Place place = Place.of(file);
    GuardedInput in = GuardedInput.open(file, limits);
    GuardedReader reader = new GuardedReader(in, place, charset, limits);
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
      CoderResult result = decoder.decode(bytes, out, ended);
      int n = out.position() - offset;
      inspect(buffer, offset, n);
      if (result.isError()) {
        throw place.line(line).malformed(undecodable());
      }
      if (n > 0 || length == 0) {
        return n;
      }
      if (ended) {
        return -1;
      }
      fill(bytes.remaining() + 1);
    }
  }

  private String undecodable() {
    return charset.equals(StandardCharsets.UTF_8)
        ? "the file is not UTF-8; if it comes from a Chinese vendor, set the charset GB18030"
        : "the file is not " + charset.name() + "; if it was saved as UTF-8, set the charset UTF-8";
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
        afterReturn = true;
      } else {
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
