package io.qilin.security.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file that is written to, and the change to a new one. After a write that failed the end of the file is not known to
 * be good: the next write first cuts it back. One thread at a time.
 */
final class SegmentStore implements Closeable {
  private final Path folder;
  private FileChannel channel;
  private long end;
  private long marker;
  private boolean torn;
  private boolean unforced;

  private SegmentStore(Path folder, FileChannel channel, long end, long marker) {
    this.folder = folder;
    this.channel = channel;
    this.end = end;
    this.marker = marker;
  }

  /** Begins a file of which nothing is there yet. */
  static SegmentStore create(Path folder, SegmentHeader header) throws IOException {
    return new SegmentStore(
        folder,
        begin(folder, header),
        SegmentHeader.frameBytes(header.first() - 1),
        header.marker());
  }

  /**
   * Goes on with a file.
   *
   * @param end where its last good frame ends; what follows is cut off
   * @param undurableFrom what to write again from, as the disk may not hold it although the system shows it
   */
  static SegmentStore reopen(Path folder, Path file, long marker, long end, long undurableFrom)
      throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      channel.truncate(end);
      again(channel, undurableFrom, end);
      channel.force(true);
      SegmentFiles.forceFolder(folder);
      return new SegmentStore(folder, channel, end, marker);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Writes the same bytes over themselves: after a force that failed, a system may take pages for written that are not, and
   * would not write them with the next force.
   */
  private static void again(FileChannel channel, long from, long to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    for (long at = from; at < to; ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, at + buffer.position()) < 0) {
          throw new IOException("the file became shorter while it was read");
        }
      }
      buffer.flip();
      writeFully(channel, buffer, at);
      at += buffer.limit();
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes, long at)
      throws IOException {
    long place = at;
    while (bytes.hasRemaining()) {
      int written = channel.write(bytes, place);
      if (written <= 0) {
        throw new IOException("nothing was written");
      }
      place += written;
    }
  }

  /** Puts a file with its header on the disk, and only then under its name. */
  private static FileChannel begin(Path folder, SegmentHeader header) throws IOException {
    Path file = SegmentFiles.file(folder, header.first());
    Path fresh = folder.resolve(file.getFileName() + ".new");
    FileChannel channel = FileChannel.open(
        fresh,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
    try {
      ByteSink bytes = new ByteSink();
      header.write(bytes);
      writeFully(channel, bytes.buffer(), 0);
      force(channel, true);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(folder);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void force(FileChannel channel, boolean withMetadata) throws ForceFailed {
    try {
      channel.force(withMetadata);
    } catch (IOException e) {
      throw new ForceFailed(e);
    }
  }

  private static void forceFolder(Path folder) throws ForceFailed {
    try {
      SegmentFiles.forceFolder(folder);
    } catch (IOException e) {
      throw new ForceFailed(e);
    }
  }

  long end() {
    return end;
  }

  long marker() {
    return marker;
  }

  /** Appends; if this throws, nothing was appended. */
  void write(ByteSink bytes) throws IOException {
    if (torn) {
      channel.truncate(end);
      force(channel, true);
      torn = false;
    }
    torn = true;
    writeFully(channel, bytes.buffer(), end);
    torn = false;
    end += bytes.size();
    unforced = true;
  }

  /** Writes through to the disk; after a failure this must not be used any more. */
  void force() throws ForceFailed {
    if (unforced) {
      force(channel, false);
      unforced = false;
    }
  }

  /** Changes to a new file; the old one is on the disk then. If this throws another than ForceFailed, try again. */
  void rotate(SegmentHeader header) throws IOException {
    if (torn) {
      channel.truncate(end);
      force(channel, true);
      torn = false;
    }
    force();
    FileChannel next = begin(folder, header);
    FileChannel old = channel;
    channel = next;
    end = SegmentHeader.frameBytes(header.first() - 1);
    marker = header.marker();
    old.close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
