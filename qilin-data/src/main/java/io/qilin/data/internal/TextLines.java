package io.qilin.data.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The lines of a small UTF-8 text, plain or gzip, such as a calendar. */
public final class TextLines {
  private static final int MOST_BYTES = 64 << 20;
  private static final char MARK = '\uFEFF';

  private TextLines() {}

  /**
   * All lines, without their ends.
   *
   * @param place what the file is called in messages
   * @throws QilinException DATA_NOT_FOUND; DATA_FORMAT if it is not UTF-8, has a NUL, or damaged gzip data;
   *     LIMIT_EXCEEDED beyond 64 MiB of text; IO
   */
  public static List<String> read(Path file, Place place) {
    return lines(bytes(file, place), place);
  }

  /** As {@link #read}, but a symbolic link in the place of the file is refused. */
  public static List<String> readNoLink(Path file, Place place) {
    return lines(bytes(file, place, LinkOption.NOFOLLOW_LINKS), place);
  }

  private static byte[] bytes(Path file, Place place, OpenOption... options) {
    try (InputStream in = Files.newInputStream(file, options)) {
      byte[] raw = in.readNBytes(MOST_BYTES + 1);
      check(raw, place);
      boolean gzip = raw.length > 1 && (raw[0] & 0xff) == 0x1f && (raw[1] & 0xff) == 0x8b;
      return gzip ? unpacked(raw, place) : raw;
    } catch (NoSuchFileException e) {
      throw place.error(ErrorCode.DATA_NOT_FOUND, "there is no such file; check the path", e);
    } catch (IOException e) {
      throw place.error(ErrorCode.IO, "the file cannot be read", e);
    }
  }

  private static byte[] unpacked(byte[] raw, Place place) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(raw))) {
      byte[] text = in.readNBytes(MOST_BYTES + 1);
      check(text, place);
      return text;
    } catch (ZipException | EOFException e) {
      throw place.error(
          ErrorCode.DATA_FORMAT, "the gzip data is damaged or cut short; fetch the file again", e);
    }
  }

  private static void check(byte[] bytes, Place place) {
    if (bytes.length > MOST_BYTES) {
      throw place.tooLarge("the file is larger than " + MOST_BYTES + " bytes");
    }
  }

  private static List<String> lines(byte[] bytes, Place place) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) {
        throw place.malformed("the file has a NUL character; it is binary or damaged");
      }
      boolean marked = !text.isEmpty() && text.charAt(0) == MARK;
      return (marked ? text.substring(1) : text).lines().toList();
    } catch (CharacterCodingException e) {
      throw place.error(ErrorCode.DATA_FORMAT, "the file is not UTF-8 text", e);
    }
  }
}
