package io.qilin.data.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The lines of a UTF-8 file, one after another, decoded strictly and within the limits. */
final class TextLines {
  /** Takes the lines. */
  interface Taker {
    /** Takes a line without its end; the place says which. */
    void take(String line, RecordPlace place);
  }

  private TextLines() {}

  /**
   * Hands on every line. A last line without a line end counts.
   *
   * @throws QilinException DATA_NOT_FOUND, IO; DATA_FORMAT for bytes that are not UTF-8; LIMIT_EXCEEDED; what the taker
   *     throws
   */
  static void read(Path file, RecordLimits limits, Taker taker) {
    RecordPlace place = RecordPlace.of(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream(256);
      long bytes = 0;
      long number = 1;
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (++bytes > limits.fileBytes()) {
          throw place.tooLarge("the file is larger than " + limits.fileBytes()
              + " bytes; split it or raise the limit");
        }
        if (b == '\n') {
          take(line, place.line(number++), limits, taker);
        } else if (b == 0) {
          throw place.line(number).malformed("a NUL byte; the file is damaged or is no text");
        } else if (line.size() == limits.lineBytes()) {
          throw place
              .line(number)
              .tooLarge("the line is longer than " + limits.lineBytes()
                  + " bytes; write one record a line");
        } else {
          line.write(b);
        }
      }
      if (line.size() > 0) {
        take(line, place.line(number), limits, taker);
      }
    } catch (NoSuchFileException e) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, place + ": there is no such file", e);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, place + ": the file cannot be read", e);
    }
  }

  private static void take(
      ByteArrayOutputStream line, RecordPlace place, RecordLimits limits, Taker taker) {
    if (place.line() > limits.rows()) {
      throw place.tooLarge("there are more than " + limits.rows() + " rows; raise the limit");
    }
    String text = decode(line.toByteArray(), place);
    line.reset();
    taker.take(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, place);
  }

  private static String decode(byte[] bytes, RecordPlace place) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw place.malformed("the line is not UTF-8; save the file as UTF-8", e);
    }
  }
}
