package io.qilin.mlops.artifact;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of a store: {@code objects/ab/ab12…} what is kept, {@code new} what is being written, {@code pins} what is being
 * registered, {@code trash} what is about to be removed. Names that begin with a time can be told to be old.
 */
final class ArtifactFolders {
  private static final Logger LOG = LoggerFactory.getLogger(ArtifactFolders.class);

  private final Path root;
  private final AtomicLong names = new AtomicLong();

  ArtifactFolders(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path objects() {
    return root.resolve("objects");
  }

  Path fresh() {
    return root.resolve("new");
  }

  Path pins() {
    return root.resolve("pins");
  }

  Path trash() {
    return root.resolve("trash");
  }

  Path object(String sha256) {
    return objects().resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  /** Makes what is not there, the root itself too, so that it lasts. Its parent must be there. */
  void make() throws IOException {
    Path parent = root.toAbsolutePath().getParent();
    makeFolder(root);
    if (parent != null && Files.isReadable(parent)) {
      force(parent);
    }
    for (Path folder : List.of(objects(), fresh(), pins(), trash())) {
      makeFolder(folder);
    }
    force(root);
  }

  /** Makes the folder in which an object's file is to be, so that it lasts. */
  void makeFor(String sha256) throws IOException {
    Path folder = objects().resolve(sha256.substring(0, 2));
    if (!Files.isDirectory(folder)) {
      makeFolder(folder);
      force(objects());
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        NotDirectoryException not = new NotDirectoryException(folder.toString());
        not.initCause(e);
        throw not;
      }
    }
  }

  /** Makes the names in a folder last. */
  static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes an empty file under a name that no other process has: a time and a number. */
  Path reserve(Path folder, String prefix, long millis) throws IOException {
    Path made = null;
    while (made == null) {
      Path file = folder.resolve(prefix + millis + "-" + names.incrementAndGet());
      try {
        made = Files.createFile(file);
      } catch (FileAlreadyExistsException taken) {
        LOG.debug("another process has the name {}; the next number is tried", file);
      }
    }
    return made;
  }

  /** The time in a name that {@link #reserve} made; the end of time if it is none. */
  static long time(Path file, String prefix) {
    String name = String.valueOf(file.getFileName());
    int end = name.indexOf('-', prefix.length());
    try {
      return end < 0 ? Long.MAX_VALUE : Long.parseLong(name.substring(prefix.length(), end));
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** What a folder holds; nothing if it has just gone, or is a file that somebody else put there. */
  static List<Path> list(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(files::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      LOG.debug("nothing is in {}", folder, e);
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }
}
