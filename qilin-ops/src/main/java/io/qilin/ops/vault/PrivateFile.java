package io.qilin.ops.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that only its owner may read and write, in a folder that only its owner may write to; it is read whole. {@link
 * FileReplacement} puts another in its place.
 */
final class PrivateFile {
  static final int MOST_BYTES = 1 << 20;

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private final Path folder;
  private final @Nullable PosixFileAttributes attributes;
  private final byte[] bytes;

  private PrivateFile(
      Path file, Path folder, @Nullable PosixFileAttributes attributes, byte[] bytes) {
    this.file = file;
    this.folder = folder;
    this.attributes = attributes;
    this.bytes = bytes;
  }

  /** Checks who may read and write it, where the file system says so, and reads it. */
  static PrivateFile read(Path path) {
    Path file = path.toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null) {
      throw refused(file, "it is no plain file");
    }
    try {
      BasicFileAttributes kind =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!kind.isRegularFile()) {
        throw refused(file, "it is no plain file; links are not followed");
      }
      PosixFileAttributes found = posix(file);
      if (found != null) {
        check(file, found, Objects.requireNonNull(posix(folder), "folder"));
      }
      return new PrivateFile(file, folder, found, readAll(file));
    } catch (NoSuchFileException e) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "there is no file " + file, e);
    } catch (IOException e) {
      throw failed(file, "cannot be read", e);
    }
  }

  private static @Nullable PosixFileAttributes posix(Path path) throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.readAttributes(path, PosixFileAttributes.class)
        : null;
  }

  private static void check(Path file, PosixFileAttributes own, PosixFileAttributes around) {
    if (!OWNER.containsAll(own.permissions())) {
      throw refused(
          file,
          "others may read, write or run it (" + PosixFilePermissions.toString(own.permissions())
              + "); set its mode to 0600");
    }
    Set<PosixFilePermission> may = around.permissions();
    if (may.contains(PosixFilePermission.GROUP_WRITE)
        || may.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw refused(
          file,
          "others may write to its folder (" + PosixFilePermissions.toString(may)
              + "); set its mode to 0700");
    }
  }

  private static byte[] readAll(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      if (channel.size() > MOST_BYTES) {
        throw refused(file, "it has " + channel.size() + " bytes, at most " + MOST_BYTES);
      }
      ByteBuffer read = ByteBuffer.allocate((int) channel.size() + 1);
      while (read.hasRemaining() && channel.read(read) >= 0) {
        // reads on until the end of the file, or one byte more than it had
      }
      if (!read.hasRemaining()) {
        throw changed(file);
      }
      return Arrays.copyOf(read.array(), read.position());
    }
  }

  Path file() {
    return file;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** Whether the file system says who may read the file; if not, nothing was checked. */
  boolean checked() {
    return attributes != null;
  }

  /** Whether the file still holds what was read. */
  boolean unchanged() throws IOException {
    return Arrays.equals(readAll(file), bytes);
  }

  Path folder() {
    return folder;
  }

  /** Permissions, owner and group; null where the file system does not know. */
  @Nullable
  PosixFileAttributes attributes() {
    return attributes;
  }

  static QilinException changed(Path file) {
    return new QilinException(
        ErrorCode.CONFLICT, "the file " + file + " was changed meanwhile; nothing was written");
  }

  private static QilinException refused(Path file, String why) {
    return new QilinException(ErrorCode.INPUT_REJECTED, "the file " + file + " is refused: " + why);
  }

  static QilinException failed(Path file, String how, Exception e) {
    String why = Optional.ofNullable(e.getMessage()).orElse("");
    boolean full = why.contains("No space left") || why.contains("quota exceeded");
    return new QilinException(
        full ? ErrorCode.RESOURCE_EXHAUSTED : ErrorCode.IO,
        "the file " + file + " " + how + " (" + e.getClass().getSimpleName()
            + (full ? ": the disk is full" : "") + ")",
        e);
  }
}
