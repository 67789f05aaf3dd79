package io.qilin.mlops.artifact;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A file that is being written under a name of its own, and is deleted again unless it was given its place. */
final class FreshFile implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private boolean placed;

  private FreshFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Begins a file under a name that nobody has. */
  static FreshFile begin(ArtifactFolders folders, long millis) throws IOException {
    Path file = folders.reserve(folders.fresh(), "", millis);
    return new FreshFile(file, FileChannel.open(file, StandardOpenOption.WRITE));
  }

  /** Takes all of a stream, forces it to the disk and says what it is. */
  Artifact fill(InputStream content, long most) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    for (int count = read(content, chunk); count >= 0; count = read(content, chunk)) {
      bytes += count;
      if (bytes > most) {
        throw ArtifactErrors.tooLarge("the content", most);
      }
      digest.update(chunk, 0, count);
      ByteBuffer left = ByteBuffer.wrap(chunk, 0, count);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
    channel.force(true);
    channel.close();
    return new Artifact(HexFormat.of().formatHex(digest.digest()), bytes);
  }

  private static int read(InputStream content, byte[] chunk) {
    try {
      return content.read(chunk);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO, "the content could not be read to its end: " + e.getMessage(), e);
    }
  }

  /** Gives it its place at once: a reader sees nothing, what was there, or all of it. */
  void place(Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    placed = true;
    ArtifactFolders.force(parent(target));
  }

  private static Path parent(Path target) throws IOException {
    Path parent = target.getParent();
    if (parent == null) {
      throw new IOException(target + " has no folder");
    }
    return parent;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!placed) {
      Files.deleteIfExists(file);
    }
  }
}
