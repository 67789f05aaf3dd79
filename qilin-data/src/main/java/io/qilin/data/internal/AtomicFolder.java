package io.qilin.data.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is there whole or not at all: written beside its place under another name, then renamed. A crash leaves the old folder, and perhaps one that ends in {@code .partial}; if it comes between the two
 * renames of a replacement, the old folder lies beside its place and ends in {@code .old}.
 */
public final class AtomicFolder implements AutoCloseable {
  private static final int NAMES = 1000;

  private final Path target;
  private final Path partial;
  private boolean published;

  private AtomicFolder(Path target, Path partial) {
    this.target = target;
    this.partial = partial;
  }

  /**
   * Begins to write.
   *
   * @throws QilinException IO if the folder above is missing or not writable
   */
  public static AtomicFolder create(Path target) {
    Path name = target.getFileName();
    if (name == null) {
      throw new QilinException(ErrorCode.IO, "name a folder to write, not the root");
    }
    for (int i = 0; i < NAMES; i++) {
      Path partial = target.resolveSibling("." + name + "." + i + ".partial");
      try {
        return new AtomicFolder(target, Files.createDirectory(partial));
      } catch (FileAlreadyExistsException inUse) {
        // Another writer, or a crash, has left this name: try the next one.
      } catch (IOException e) {
        throw AtomicFile.failure(target, e);
      }
    }
    throw new QilinException(
        ErrorCode.IO,
        AtomicFile.name(target) + ": " + NAMES + " unfinished folders of this name are in the way");
  }

  /** The folder to write into. */
  public Path path() {
    return partial;
  }

  /**
   * Writes a file and forces it to the disk; the folder that it lies in is made if it is missing.
   *
   * @param relative the way to it from the folder
   * @throws QilinException IO
   */
  public void write(Path relative, ByteBuffer content) {
    write(relative, content, true);
  }

  /**
   * Writes one of very many files, each of which would take a disk milliseconds to force: when it goes to the disk is left
   * to the system. After a power cut it may be empty though the folder is in its place, so whoever reads it has to refuse
   * an empty file. A crash of the program alone loses nothing.
   *
   * @param relative the way to it from the folder
   * @throws QilinException IO
   */
  public void writeUnforced(Path relative, ByteBuffer content) {
    write(relative, content, false);
  }

  private void write(Path relative, ByteBuffer content, boolean forced) {
    Path file = partial.resolve(relative);
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        while (content.hasRemaining()) {
          channel.write(content);
        }
        if (forced) {
          channel.force(true);
        }
      }
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO,
          AtomicFile.name(target) + "/" + AtomicFile.name(relative)
              + ": the file cannot be written",
          e);
    }
  }

  /**
   * Puts the folder in its place.
   *
   * @param replace whether a folder that is there is removed
   * @throws QilinException IO; INVALID_ARGUMENT if something is there that is not to be replaced
   */
  public void publish(boolean replace) {
    Path old = null;
    try {
      force(partial);
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        if (!replace) {
          throw QilinException.invalid(
              AtomicFile.name(target) + ": this is there already; name another folder");
        }
        old = Path.of(partial.toString().replaceAll("\\.partial$", ".old"));
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      published = true;
      force(target.toAbsolutePath().getParent());
      if (old != null) {
        delete(old);
      }
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO, AtomicFile.name(target) + ": the folder cannot be put in its place", e);
    }
  }

  /** Makes the names in a folder durable where the system lets it be opened, which Windows does not. */
  private static void force(@Nullable Path folder) throws IOException {
    if (folder == null || java.io.File.separatorChar == '\\') {
      return;
    }
    try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }

  /** Deletes a tree; a symbolic link is deleted, not followed. */
  private static void delete(Path tree) throws IOException {
    Files.walkFileTree(tree, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
          throws IOException {
        if (failure != null) {
          throw failure;
        }
        Files.delete(folder);
        return FileVisitResult.CONTINUE;
      }
    });
  }

  /**
   * Removes what was not published.
   *
   * @throws QilinException IO
   */
  @Override
  public void close() {
    if (!published) {
      try {
        delete(partial);
      } catch (IOException e) {
        throw new QilinException(
            ErrorCode.IO, AtomicFile.name(partial) + ": the folder cannot be removed", e);
      }
    }
  }
}
