package io.qilin.data.lineage;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Hashes of files and folders. */
final class FileHash {
  private static final int PIECE = 1 << 18;
  private static final int MOST_FILES = 1_000_000;

  private FileHash() {}

  static ContentHash of(Path path) {
    try {
      return Files.isDirectory(path) ? ofFolder(path) : ofFile(path);
    } catch (NoSuchFileException e) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND, "there is no file " + QilinException.quote(path.toString()), e);
    } catch (UncheckedIOException | IOException e) {
      throw new QilinException(
          ErrorCode.IO, "cannot read " + QilinException.quote(path.toString()), e);
    }
  }

  private static ContentHash ofFile(Path file) throws IOException {
    Sha256 sha = new Sha256(Long.BYTES);
    byte[] piece = new byte[PIECE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        sha.raw(piece, 0, count);
      }
    }
    return new ContentHash(sha.hex());
  }

  private static ContentHash ofFolder(Path folder) throws IOException {
    Sha256 sha = new Sha256().add("folder");
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).limit(MOST_FILES + 1L).toList();
    }
    if (files.size() > MOST_FILES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          QilinException.quote(folder.toString()) + " holds more than " + MOST_FILES
              + " files; name a smaller folder");
    }
    record Named(String name, Path file) {}
    List<Named> named = files.stream()
        .map(file -> new Named(slashed(folder.relativize(file)), file))
        .sorted(java.util.Comparator.comparing(Named::name))
        .toList();
    for (Named each : named) {
      sha.add(each.name()).add(ofFile(each.file()).hex());
    }
    return new ContentHash(sha.hex());
  }

  /** A relative path that reads the same on every system. */
  private static String slashed(Path relative) {
    return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
  }
}
