package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Where a pipeline keeps its last checkpoint: one file, replaced whole. It is written beside its place, forced to the disk,
 * renamed, and the folder forced, so that a crash at any moment leaves the old or the new one. One process uses a file at a
 * time.
 *
 * <p>Form: the letters {@code QSC1}, the length of the content as four bytes, its CRC-32C as four bytes, the content.
 */
public final class CheckpointFile {
  private static final int MAGIC = 0x51534331;
  private static final int HEADER = 12;
  private static final long MOST_BYTES = 1L << 30;

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
   * The last checkpoint; empty if there was none.
   *
   * @throws QilinException IO if it cannot be read; DATA_FORMAT if it is damaged
   */
  Optional<byte[]> read() {
    byte[] file;
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw damaged("it has " + Files.size(path) + " bytes");
      }
      file = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO, AtomicFile.name(path) + ": the checkpoint cannot be read", e);
    }
    ByteBuffer header = ByteBuffer.wrap(file);
    if (file.length < HEADER || header.getInt() != MAGIC) {
      throw damaged("it does not begin as one");
    }
    int length = header.getInt();
    int crc = header.getInt();
    if (length != file.length - HEADER) {
      throw damaged("it has " + (file.length - HEADER) + " bytes of " + length);
    }
    if (crc(file, HEADER, length) != crc) {
      throw damaged("its checksum is wrong");
    }
    return Optional.of(java.util.Arrays.copyOfRange(file, HEADER, file.length));
  }

  /**
   * Replaces the checkpoint; durable on return.
   *
   * @throws QilinException IO if it cannot be written; the old one then stands
   */
  void write(byte[] content) {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putInt(MAGIC).putInt(content.length).putInt(crc(content, 0, content.length));
    try (AtomicFile file = AtomicFile.create(path)) {
      OutputStream out = file.stream();
      out.write(header.array());
      out.write(content);
      file.publish();
    } catch (IOException e) {
      throw AtomicFile.failure(path, e);
    }
  }

  private QilinException damaged(String how) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        AtomicFile.name(path) + ": this is not a whole checkpoint: " + how
            + "; restore it, or remove it together with what the sinks hold and begin anew");
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
