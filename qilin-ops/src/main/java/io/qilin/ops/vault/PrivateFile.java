package io.qilin.ops.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that only its owner may read and write, in a folder that only its owner may write to; it is read whole and replaced
 * whole, so that a crash leaves the old or the new one.
 */
final class PrivateFile {
  static final int MOST_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(PrivateFile.class);
  private static final String FRESH = ".rekey";
  private static final String LOOSE =
      "is replaced, but may be the old one again after a loss of power";
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

  /**
   * Writes a new file beside the old one, forces it, gives it the name, and forces the folder. Permissions, owner and group stay.
   *
   * @throws QilinException CONFLICT if somebody changed the file since it was read; RESOURCE_EXHAUSTED or IO if it cannot be
   *     written. The old file is then whole, unless the message says that the new one is in its place
   */
  void replace(byte[] fresh) {
    Path made = null;
    try {
      clean();
      made = Files.createTempFile(folder, "." + file.getFileName() + ".", FRESH);
      write(made, fresh);
      keepOwner(made);
      if (!Arrays.equals(readAll(file), bytes)) {
        throw changed(file);
      }
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      made = null;
    } catch (IOException | UnsupportedOperationException e) {
      throw failed(file, "was not changed: a new one could not be written", e);
    } finally {
      delete(made);
    }
    forceFolder();
  }

  /** What a killed run left; two runs at a time may disturb each other, but not the file. */
  private void clean() throws IOException {
    String begin = "." + file.getFileName() + ".";
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder, name -> {
      String text = String.valueOf(name.getFileName());
      return text.startsWith(begin) && text.endsWith(FRESH);
    })) {
      for (Path left : names) {
        Files.deleteIfExists(left);
      }
    }
  }

  private static void write(Path made, byte[] fresh) throws IOException {
    try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(fresh);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  private void keepOwner(Path made) throws IOException {
    if (attributes == null) {
      return;
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(made, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    PosixFileAttributes now = view.readAttributes();
    if (!now.group().equals(attributes.group())) {
      view.setGroup(attributes.group());
    }
    if (!now.owner().equals(attributes.owner())) {
      view.setOwner(attributes.owner());
    }
    view.setPermissions(attributes.permissions());
  }

  private static void delete(@Nullable Path made) {
    if (made == null) {
      return;
    }
    try {
      Files.deleteIfExists(made);
    } catch (IOException e) {
      LOG.warn("the file {} is left over and can be deleted", made, e);
    }
  }

  private void forceFolder() {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows opens no folder and keeps names by its own journal.
      if (attributes != null) {
        throw failed(file, LOOSE, e);
      }
    } catch (IOException e) {
      throw failed(file, LOOSE, e);
    }
  }

  private static QilinException changed(Path file) {
    return new QilinException(
        ErrorCode.CONFLICT, "the file " + file + " was changed meanwhile; nothing was written");
  }

  private static QilinException refused(Path file, String why) {
    return new QilinException(ErrorCode.INPUT_REJECTED, "the file " + file + " is refused: " + why);
  }

  private static QilinException failed(Path file, String how, Exception e) {
    String why = Optional.ofNullable(e.getMessage()).orElse("");
    boolean full = why.contains("No space left") || why.contains("quota exceeded");
    return new QilinException(
        full ? ErrorCode.RESOURCE_EXHAUSTED : ErrorCode.IO,
        "the file " + file + " " + how + " (" + e.getClass().getSimpleName()
            + (full ? ": the disk is full" : "") + ")",
        e);
  }
}
