package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Where a pipeline keeps its last checkpoint: one file, replaced whole. It is written beside its place, forced to the disk,
 * renamed, and the folder forced, so that a crash at any moment leaves the old or the new one. One process uses a file at a
 * time.
 *
 * <p>Form: the letters {@code QSC2}, the state, the length of both as eight bytes, the CRC-32C of all before as four. It is
 * written and read through a buffer of 64 KiB, so that its size, of at most 4 GiB, takes no memory.
 */
public final class CheckpointFile {
  static final int MAGIC = 0x51534332;

  /** The length and the checksum at the end. */
  static final int TRAILER = 12;

  static final int LEAST_BYTES = Integer.BYTES + TRAILER;
  static final long MOST_BYTES = 1L << 32;

  /** The longest text in bytes, and the longest name of an instrument or a constant. */
  static final int MOST_TEXT = 1 << 20;

  static final int MOST_NAME = 64;

  private final Path path;

  private CheckpointFile(Path path) {
    this.path = path;
  }

  /**
   * Names the file, which need not exist, and removes what crashes have left beside it.
   *
   * @throws QilinException IO if the folder cannot be read
   */
  public static CheckpointFile at(Path path) {
    Path file = Objects.requireNonNull(path, "path").toAbsolutePath();
    Path folder = file.getParent();
    Path name = file.getFileName();
    if (folder == null || name == null) {
      throw new QilinException(ErrorCode.IO, "a checkpoint needs a file, not the root folder");
    }
    String prefix = "." + name + ".";
    DirectoryStream.Filter<Path> unfinished = found -> {
      String text = String.valueOf(found.getFileName());
      return text.startsWith(prefix) && text.endsWith(".partial");
    };
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, unfinished)) {
      for (Path partial : left) {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw AtomicFile.failure(file, e);
    }
    return new CheckpointFile(file);
  }

  /**
   * Reads the last checkpoint.
   *
   * @param loader takes its fields; not called if there is none
   * @return whether there was one
   * @throws QilinException IO if it cannot be read; DATA_FORMAT if it is damaged, before the loader is called, or if a field
   *     cannot be what it is; what the loader throws
   */
  boolean read(Consumer<CheckpointReader> loader) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      CheckpointReader in =
          new CheckpointReader(AtomicFile.name(path), channel.size(), channel::read);
      loader.accept(in);
      in.end();
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO, AtomicFile.name(path) + ": the checkpoint cannot be read", e);
    }
  }

  /**
   * Replaces the checkpoint; durable on return.
   *
   * @param saver writes its fields
   * @throws QilinException IO if it cannot be written, LIMIT_EXCEEDED if it is too long; the old one then stands
   */
  void write(Consumer<CheckpointWriter> saver) {
    try (AtomicFile file = AtomicFile.create(path)) {
      CheckpointWriter out = new CheckpointWriter(AtomicFile.name(path), file.stream());
      saver.accept(out);
      out.end();
      file.publish();
    } catch (IOException e) {
      throw AtomicFile.failure(path, e);
    }
  }
}
