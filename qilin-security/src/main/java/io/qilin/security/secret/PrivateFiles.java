package io.qilin.security.secret;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that only their owner may read. Before a file is read it is looked at: it must be a plain file, no symbolic link, of mode
 * 0600 or stricter, and of the owner of its folder, which nobody else may write to.
 */
final class PrivateFiles {
  static final int MOST_BYTES = 8 << 20;

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private PrivateFiles() {}

  /** Reads a private file of at most {@code most} bytes. */
  static byte[] read(Path file, int most) {
    try {
      PosixFileAttributes before = attributes(file);
      checkFile(file, before);
      checkFolder(file, before);
      if (before.size() > most) {
        throw refused(
            file, "it has " + before.size() + " bytes, at most " + most + " are read", null);
      }
      byte[] bytes = readAll(file, most);
      PosixFileAttributes after = attributes(file);
      if (!Objects.equals(before.fileKey(), after.fileKey())) {
        throw refused(file, "it was replaced while it was read; try again", null);
      }
      return bytes;
    } catch (IOException e) {
      throw refused(file, "it cannot be read", e);
    }
  }

  private static byte[] readAll(Path file, int most) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, channel.size()) + 1);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // reads on until the end of the file or one byte more than it had
      }
      if (!bytes.hasRemaining()) {
        throw refused(file, "it grew while it was read; try again", null);
      }
      byte[] read = new byte[bytes.position()];
      bytes.flip().get(read);
      Arrays.fill(bytes.array(), (byte) 0);
      return read;
    }
  }

  private static PosixFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException e) {
      throw refused(file, "its file system does not say who may read it", e);
    }
  }

  private static void checkFile(Path file, PosixFileAttributes found) {
    if (found.isSymbolicLink() || !found.isRegularFile()) {
      throw refused(file, "it is no plain file; links are not followed", null);
    }
    if (!OWNER.containsAll(found.permissions())) {
      throw refused(
          file,
          "others may read, write or run it (" + PosixFilePermissions.toString(found.permissions())
              + "); set its mode to 0600",
          null);
    }
  }

  private static void checkFolder(Path file, PosixFileAttributes found) throws IOException {
    Path folder = folder(file);
    PosixFileAttributes around = attributes(folder);
    if (around.isSymbolicLink()) {
      throw refused(file, "its folder is a symbolic link", null);
    }
    Set<PosixFilePermission> may = around.permissions();
    if (may.contains(PosixFilePermission.GROUP_WRITE)
        || may.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw refused(
          file,
          "others may write to its folder (" + PosixFilePermissions.toString(may) + ")",
          null);
    }
    if (!around.owner().equals(found.owner())) {
      throw refused(file, "it and its folder have different owners", null);
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "folder");
  }

  /** Whether nothing has this name; an error of the disk is no answer. */
  static boolean absent(Path file) {
    try {
      attributes(file);
      return false;
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      throw refused(file, "it cannot be seen whether it exists", e);
    }
  }

  /**
   * Replaces a file as a whole: after a crash it is the old or the new one. Mode 0600. When this returns it is the new one; when
   * it throws it is the old one. Until {@link #settle} has returned a power cut may bring the old one back.
   */
  static void replace(Path file, byte[] bytes) {
    try {
      Path fresh = Files.createTempFile(
          folder(file),
          "." + file.getFileName(),
          ".tmp",
          PosixFilePermissions.asFileAttribute(OWNER));
      try {
        write(fresh, bytes);
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException | RuntimeException e) {
        discard(fresh, e);
        throw e;
      }
    } catch (UnsupportedOperationException | AtomicMoveNotSupportedException e) {
      throw refused(file, "its file system cannot replace a private file as a whole", e);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO,
          "the file " + file.getFileName() + " cannot be written: "
              + e.getClass().getSimpleName(),
          e);
    }
  }

  private static void write(Path fresh, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  private static void discard(Path fresh, Exception because) {
    try {
      Files.deleteIfExists(fresh);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /** Makes a replacement last. */
  static void settle(Path file) {
    try (FileChannel directory = FileChannel.open(folder(file), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO,
          "the file " + file.getFileName() + " is written, but a power cut may bring back the one"
              + " before it, as its folder cannot be forced to the disk; write again",
          e);
    }
  }

  static QilinException refused(Path file, String why, @Nullable Throwable cause) {
    return new QilinException(
        ErrorCode.SECRET_UNAVAILABLE,
        "the secret file " + file.getFileName() + " is refused: " + why,
        cause);
  }
}
