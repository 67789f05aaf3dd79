package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Small files, read and written whole. */
final class WholeFile {
  private static final long MOST_BYTES = 256L << 20;

  private WholeFile() {}

  /**
   * Puts a file in its place: written under another name, then renamed, so that nobody sees half of it. A symbolic link stays:
   * the file that it leads to is written. What is there and is no file, as a device, is refused.
   *
   * @throws QilinException IO
   */
  static void write(Path file, byte[] content) {
    checkReplaceable(file);
    try {
      Path place = Files.isSymbolicLink(file) ? led(file) : file;
      Path partial = place.resolveSibling(place.getFileName() + ".partial");
      try {
        Files.write(partial, content);
        Files.move(partial, place, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        remove(partial, e);
        throw e;
      }
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO,
          "cannot write " + QilinException.quote(file.toString()) + ": " + reason(e),
          e);
    }
  }

  private static void checkReplaceable(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      String what = Files.isDirectory(file) ? "a folder" : "a device or a pipe";
      throw new QilinException(
          ErrorCode.IO,
          QilinException.quote(file.toString()) + " is " + what + "; name a file to write");
    }
  }

  private static Path led(Path link) throws IOException {
    return Files.exists(link)
        ? link.toRealPath()
        : link.resolveSibling(Files.readSymbolicLink(link));
  }

  /**
   * Makes room for a file that is written by another; nothing happens if there is none.
   *
   * @throws QilinException IO
   */
  static void makeRoom(Path file) {
    checkReplaceable(file);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO,
          "cannot replace " + QilinException.quote(file.toString()) + ": " + reason(e),
          e);
    }
  }

  private static void remove(Path partial, IOException failure) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * The content of a file.
   *
   * @throws QilinException DATA_NOT_FOUND; LIMIT_EXCEEDED; IO
   */
  static byte[] read(Path file) {
    String name = QilinException.quote(file.toString());
    if (!Files.isRegularFile(file)) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "there is no file " + name);
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED, name + " has more than " + MOST_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
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
          ErrorCode.IO,
          "cannot make the folder " + QilinException.quote(folder.toString()) + ": " + reason(e),
          e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file of this name is there";
    }
    if (e instanceof AccessDeniedException) {
      return "the permissions do not allow it";
    }
    return e.getMessage() == null ? "the system refused it" : e.getMessage();
  }
}
