package io.qilin.ops.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * One file that is replaced by renaming another, or that only grows by whole lines: a configuration, the memory of decisions.
 *
 * <p>A file that is replaced while it is copied is copied as it was. Immutable and safe to share between threads.
 */
public final class FilePart implements BackupPart {
  private final String name;
  private final Path file;
  private final CopyCheck check;
  private final boolean lines;
  private final boolean optional;

  private FilePart(String name, Path file, CopyCheck check, boolean lines, boolean optional) {
    this.name = name;
    this.file = file;
    this.check = check;
    this.lines = lines;
    this.optional = optional;
  }

  /**
   * A part of one file, which keeps its name in the copy.
   *
   * @param name as {@link BackupPart#name}
   * @param file a link is followed, as it is the host who names it
   * @param check is given the copied file and changes nothing
   */
  public static FilePart of(String name, Path file, CopyCheck check) {
    SafeName.path(Disk.name(file));
    return new FilePart(
        SafeName.part(name), file, Objects.requireNonNull(check, "check"), false, false);
  }

  /** The same for a file that grows by lines: what follows the last line end is left out. */
  public FilePart wholeLines() {
    return new FilePart(name, file, check, true, optional);
  }

  /** The same for a file that need not be there; without it the copy is empty. */
  public FilePart optional() {
    return new FilePart(name, file, check, lines, true);
  }

  @Override
  public String name() {
    return name;
  }

  /** {@inheritDoc} */
  @Override
  public void snapshot(Path into) throws IOException {
    if (optional && !Disk.exists(file)) {
      return;
    }
    Path copy = into.resolve(Disk.name(file));
    Disk.copy(Files.isSymbolicLink(file) ? file.toRealPath() : file, copy);
    if (lines) {
      cut(copy);
    }
  }

  private static void cut(Path copy) throws IOException {
    try (FileChannel channel =
        FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = channel.size();
      ByteBuffer one = ByteBuffer.allocate(1);
      boolean found = false;
      while (end > 0 && !found) {
        channel.read(one.clear(), end - 1);
        found = one.get(0) == '\n';
        end -= found ? 0 : 1;
      }
      channel.truncate(end);
    }
  }

  /** {@inheritDoc} */
  @Override
  public String verify(Path copy) throws Exception {
    Path copied = copy.resolve(Disk.name(file));
    if (optional && !Disk.exists(copied)) {
      return "no file";
    }
    Disk.requireFile(copied);
    return check.check(copied);
  }
}
