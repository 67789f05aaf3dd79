package io.qilin.data.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is there whole or not at all: written beside its place under another name, forced to
 * the disk, then renamed. A crash leaves the old file, and perhaps one that ends in
 * {@code .partial}. A symbolic link stays: the file that it leads to is written. What is there and is no file, as a device,
 * is refused.
 */
public final class AtomicFile implements AutoCloseable {
  private static final int NAMES = 1000;

  private final Path target;
  private final Path partial;
  private final FileChannel channel;
  private boolean published;

  private AtomicFile(Path target, Path partial, FileChannel channel) {
    this.target = target;
    this.partial = partial;
    this.channel = channel;
  }

  /**
   * Begins to write.
   *
   * @throws QilinException IO if the folder is missing or not writable, or what is there is no file
   */
  public static AtomicFile create(Path target) {
    Path name = target.getFileName();
    if (name == null || Files.isDirectory(target)) {
      throw new QilinException(
          ErrorCode.IO, name(target) + ": this is a folder; name a file to write");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new QilinException(
          ErrorCode.IO,
          name(target)
              + ": this is a device or a pipe, which cannot be replaced as a whole; name a file to write");
    }
    try {
      Path file = Files.isSymbolicLink(target) ? led(target) : target;
      return open(file, String.valueOf(file.getFileName()));
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** Where a symbolic link leads, also if nothing is there yet. */
  private static Path led(Path link) throws IOException {
    if (Files.exists(link)) {
      return link.toRealPath();
    }
    Path next = link.resolveSibling(Files.readSymbolicLink(link));
    if (Files.isSymbolicLink(next)) {
      throw new IOException("a symbolic link that leads to another without an end");
    }
    return next;
  }

  private static AtomicFile open(Path target, String name) throws IOException {
    for (int i = 0; i < NAMES; i++) {
      Path partial = target.resolveSibling("." + name + "." + i + ".partial");
      try {
        FileChannel channel =
            FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new AtomicFile(target, partial, channel);
      } catch (FileAlreadyExistsException inUse) {
        // Another writer, or a crash, has left this name: try the next one.
      }
    }
    throw new IOException(NAMES + " unfinished files of this name are in the way");
  }

  /** The typed error for a failed write. */
  public static QilinException failure(Path target, IOException e) {
    String what = e instanceof NoSuchFileException
        ? "the folder of the file does not exist"
        : "the file cannot be written";
    return new QilinException(ErrorCode.IO, name(target) + ": " + what, e);
  }

  /** The last part of a path, fit for a message: folders of the machine stay out of messages. */
  public static String name(Path path) {
    Path last = path.getFileName();
    String quoted = QilinException.quote(last == null ? "/" : last.toString());
    return quoted.endsWith("'") ? quoted.substring(1, quoted.length() - 1) : quoted;
  }

  /** Where the content goes. */
  public OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /**
   * Removes a file, if it is there, so that it stays removed after a crash.
   *
   * @throws QilinException IO
   */
  public static void delete(Path target) {
    try {
      Files.deleteIfExists(target);
      forceFolder(target.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, name(target) + ": the file cannot be removed", e);
    }
  }

  /**
   * Makes the names in a folder durable where the system lets it be opened, which Windows does not.
   *
   * @throws IOException if it cannot be opened or forced
   */
  public static void forceFolder(@Nullable Path folder) throws IOException {
    if (folder == null || java.io.File.separatorChar == '\\') {
      return;
    }
    try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }

  /** Puts the file in its place. */
  public void publish() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(
        partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    published = true;
    forceFolder(target.toAbsolutePath().getParent());
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (!published) {
      Files.deleteIfExists(partial);
    }
  }
}
