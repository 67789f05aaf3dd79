package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Text files, read and written whole as UTF-8. */
final class TextFile {
  private static final long MOST_BYTES = 256L << 20;

  private TextFile() {}

  /**
   * Puts a text in its place: written under another name, then renamed, so that nobody sees half of it.
   *
   * @throws QilinException IO
   */
  static void write(Path file, String text) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      Files.writeString(partial, text, StandardCharsets.UTF_8);
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO, "cannot write " + QilinException.quote(file.toString()) + ": " + reason(e), e);
    }
  }

  /**
   * The text of a file.
   *
   * @throws QilinException DATA_NOT_FOUND; DATA_FORMAT if it is not UTF-8; LIMIT_EXCEEDED; IO
   */
  static String read(Path file) {
    String name = QilinException.quote(file.toString());
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
        throw new QilinException(ErrorCode.LIMIT_EXCEEDED, name + " has more than " + MOST_BYTES + " bytes");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "there is no file " + name, e);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new QilinException(ErrorCode.DATA_FORMAT, name + " is not UTF-8", e);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "cannot read " + name + ": " + reason(e), e);
    }
  }

  /**
   * Makes a folder and those above it; one that is there is left as it is.
   *
   * @throws QilinException IO
   */
  static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO, "cannot make the folder " + QilinException.quote(folder.toString()) + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
  }
}
