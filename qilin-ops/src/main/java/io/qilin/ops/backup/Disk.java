package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files and folders; links are never followed. Stateless. */
final class Disk {
  /** The bytes of a file that are in memory at a time. */
  private static final int CHUNK = 1 << 16;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private Disk() {}

  /** Makes a folder's names last, or what is in a file. */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes what is in a file last, and tells it. */
  static FileDigest forced(Path file) throws IOException {
    // Opened for reading: a part may hand over a file that nobody may write.
    force(file);
    return digest(file);
  }

  /** What is in a file. */
  static FileDigest digest(Path file) throws IOException {
    requireFile(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel, Long.MAX_VALUE, null);
    }
  }

  /** Copies a file into a new one, as long as it was when it was opened, and makes that last. */
  static FileDigest copy(Path from, Path to) throws IOException {
    requireFile(from);
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      FileDigest digest = read(in, in.size(), out);
      out.force(true);
      return digest;
    }
  }

  private static FileDigest read(FileChannel in, long most, @Nullable FileChannel out)
      throws IOException {
    FileDigest.Running running = FileDigest.running();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    int count = 0;
    while (count >= 0 && running.size() < most) {
      buffer.clear().limit((int) Math.min(CHUNK, most - running.size()));
      count = in.read(buffer);
      running.add(buffer.flip().duplicate());
      while (out != null && buffer.hasRemaining()) {
        out.write(buffer);
      }
    }
    return running.end();
  }

  /** Writes a new file and makes it last. */
  static void write(Path file, byte[] content) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
  }

  /** A small file whole. */
  static byte[] read(Path file, int most) throws IOException {
    requireFile(file);
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      if (in.size() > most) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED, file + " has more than the " + most + " bytes that are read");
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) in.size());
      int count = 0;
      while (count >= 0 && buffer.hasRemaining()) {
        count = in.read(buffer);
      }
      byte[] content = new byte[buffer.flip().remaining()];
      buffer.get(content);
      return content;
    }
  }

  /** What a folder holds, by name. */
  static List<Path> list(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(Comparator.comparing(Disk::name));
    return found;
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether there is something of that name, be it a link to nothing. */
  static boolean exists(Path path) throws IOException {
    try {
      attributes(path);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  static boolean isFolder(Path path) throws IOException {
    return exists(path) && attributes(path).isDirectory();
  }

  /** A link is an error: what it points to is no part of a store or of a backup. */
  static void requireFile(Path file) throws IOException {
    if (!attributes(file).isRegularFile()) {
      throw new QilinException(
          ErrorCode.INPUT_REJECTED,
          file + " is no file but a link, a folder or a device; only files and folders are copied");
    }
  }

  /** Makes a folder and those above it, so that they last: one that is there may be from an attempt that failed. */
  static void makeFolders(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent == null) {
      return;
    }
    makeFolders(parent);
    // Whoever names the folder may name it through a link.
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
    }
    if (Files.isReadable(parent)) {
      force(parent);
    }
  }

  /** Makes a folder into which only its owner may look, where files have owners. */
  static void makePrivate(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(folder, OWNER_ONLY);
    } else {
      Files.createDirectory(folder);
    }
  }

  /** Removes a folder with all that is in it; a link goes, what it points to stays. */
  static void remove(Path path) throws IOException {
    if (isFolder(path)) {
      for (Path child : list(path)) {
        remove(child);
      }
    }
    if (exists(path)) {
      Files.delete(path);
    }
  }
}
