package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The lines of a text in UTF-8, one after the other, in bounded memory. The path {@code -} is the standard input. Lines end
 * with a line feed, perhaps after a carriage return.
 */
final class TextLines implements AutoCloseable {
  /** Most characters of a line. */
  static final int LONGEST = 16 << 20;

  private final String name;
  private final BufferedReader in;
  private long number;

  private TextLines(String name, Reader in) {
    this.name = name;
    this.in = new BufferedReader(in, 1 << 16);
  }

  /**
   * Opens a file.
   *
   * @throws QilinException DATA_NOT_FOUND; IO
   */
  static TextLines open(Path file) {
    return new TextLines(name(file), reader(file));
  }

  /** The whole text of a file, as it is read; the same errors. */
  static Reader reader(Path file) {
    var decoder = StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    return new InputStreamReader(stream(file), decoder);
  }

  private static InputStream stream(Path file) {
    if (file.toString().equals("-")) {
      return System.in;
    }
    if (Files.isDirectory(file)) {
      throw new QilinException(ErrorCode.DATA_FORMAT, name(file) + " is a folder; name a file");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "there is no file " + name(file), e);
    } catch (IOException e) {
      throw failed(name(file), e);
    }
  }

  /** What a path is called in messages. */
  static String name(Path file) {
    return file.toString().equals("-")
        ? "the standard input"
        : QilinException.quote(file.toString());
  }

  /** What went wrong while a text was read. */
  static QilinException failed(String name, IOException e) {
    return e instanceof CharacterCodingException
        ? new QilinException(ErrorCode.DATA_FORMAT, name + " is not UTF-8; save it as UTF-8", e)
        : new QilinException(ErrorCode.IO, "cannot read " + name + ": " + e.getMessage(), e);
  }

  /**
   * Reads the next line, without its end, into an empty buffer; false after the last.
   *
   * @throws QilinException LIMIT_EXCEEDED for a line of more than {@value #LONGEST} characters; DATA_FORMAT if it is not
   *     UTF-8; IO
   */
  boolean next(StringBuilder line) {
    line.setLength(0);
    try {
      int c = in.read();
      if (c < 0) {
        return false;
      }
      number++;
      for (; c >= 0 && c != '\n'; c = in.read()) {
        if (line.length() == LONGEST) {
          throw new QilinException(
              ErrorCode.LIMIT_EXCEEDED, place() + " has more than " + LONGEST + " characters");
        }
        line.append((char) c);
      }
    } catch (IOException e) {
      throw failed(name, e);
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return true;
  }

  /** The number of the last line that was read, from 1. */
  long number() {
    return number;
  }

  /** File and line, for messages. */
  String place() {
    return name + ", line " + number;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw failed(name, e);
    }
  }
}
