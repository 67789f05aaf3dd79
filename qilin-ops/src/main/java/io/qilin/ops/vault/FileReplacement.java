package io.qilin.ops.vault;

import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a file in the place of another as a whole: after a crash it is the old or the new one. */
final class FileReplacement {
  private static final Logger LOG = LoggerFactory.getLogger(FileReplacement.class);
  private static final String FRESH = ".rekey";
  private static final String LOOSE =
      "is replaced, but may be the old one again after a loss of power";

  private FileReplacement() {}

  /**
   * Writes a new file beside the old one, forces it, gives it the name, and forces the folder. Permissions, owner and group stay.
   *
   * @throws QilinException CONFLICT if somebody changed the file since it was read; RESOURCE_EXHAUSTED or IO if it cannot be
   *     written. The old file is then whole, unless the message says that the new one is in its place
   */
  static void of(PrivateFile old, byte[] fresh) {
    Path file = old.file();
    Path folder = old.folder();
    Path made = null;
    try {
      clean(file, folder);
      made = Files.createTempFile(folder, "." + file.getFileName() + ".", FRESH);
      write(made, fresh, old.attributes());
      if (!old.unchanged()) {
        throw PrivateFile.changed(file);
      }
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      made = null;
    } catch (IOException | DirectoryIteratorException | UnsupportedOperationException e) {
      throw PrivateFile.failed(file, "was not changed: a new one could not be written", e);
    } finally {
      delete(made);
    }
    forceFolder(old);
  }

  /** What a killed run left; two runs at a time may disturb each other, but not the file. */
  private static void clean(Path file, Path folder) throws IOException {
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

  private static void write(Path made, byte[] fresh, @Nullable PosixFileAttributes attributes)
      throws IOException {
    try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(fresh);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      // While it is open: a mode of 0400 would forbid to open it again, and what is set now is
      // forced too.
      keepOwner(made, attributes);
      channel.force(true);
    }
  }

  private static void keepOwner(Path made, @Nullable PosixFileAttributes attributes)
      throws IOException {
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

  private static void forceFolder(PrivateFile old) {
    try (FileChannel channel = FileChannel.open(old.folder(), StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows opens no folder and keeps names by its own journal.
      if (old.checked()) {
        throw PrivateFile.failed(old.file(), LOOSE, e);
      }
    } catch (IOException e) {
      throw PrivateFile.failed(old.file(), LOOSE, e);
    }
  }
}
