package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is below a folder.
 *
 * @param files by their paths from the folder, parted by slashes
 * @param folders the folder itself and those below it, each before what is in it
 */
record Tree(SortedMap<String, Path> files, List<Path> folders) {
  /** How many files a part may have. */
  static final int MOST_FILES = 100_000;

  private static final int MOST_DEPTH = 16;

  /** Looks through a folder; a link in it, or a name that is not taken, is an error. */
  static Tree of(Path root) throws IOException {
    return of(root, name -> true);
  }

  /** The same without the names that are not wanted. */
  static Tree of(Path root, Predicate<String> wanted) throws IOException {
    Tree tree = new Tree(new TreeMap<>(), new ArrayList<>());
    tree.add(root, "", wanted, 1);
    return tree;
  }

  private void add(Path folder, String prefix, Predicate<String> wanted, int depth)
      throws IOException {
    if (depth > MOST_DEPTH) {
      throw limit(folder + " is deeper than " + MOST_DEPTH + " folders");
    }
    folders.add(folder);
    for (Path child : Disk.list(folder)) {
      String name = prefix + Disk.name(child);
      if (wanted.test(Disk.name(child))) {
        add(child, name, kind(child), wanted, depth);
      }
    }
  }

  /** What it is; nothing if it has just gone. */
  private static Optional<BasicFileAttributes> kind(Path path) throws IOException {
    try {
      return Optional.of(Disk.attributes(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void add(
      Path child,
      String name,
      Optional<BasicFileAttributes> kind,
      Predicate<String> wanted,
      int depth)
      throws IOException {
    if (kind.isEmpty()) {
      return;
    }
    if (kind.get().isDirectory()) {
      add(child, name + "/", wanted, depth + 1);
    } else {
      Disk.requireFile(child);
      files.put(SafeName.path(name), child);
      if (files.size() > MOST_FILES) {
        throw limit("there are more than " + MOST_FILES + " files in one part of a backup");
      }
    }
  }

  private static QilinException limit(String what) {
    return new QilinException(ErrorCode.LIMIT_EXCEEDED, what);
  }

  /** Where a file of that path belongs below another folder, whose folders are made. */
  static Path placed(Path root, String path) throws IOException {
    Path at = root;
    String[] segments = path.split("/", -1);
    for (int i = 0; i < segments.length - 1; i++) {
      at = at.resolve(segments[i]);
      if (!Disk.isFolder(at)) {
        Files.createDirectory(at);
      }
    }
    return at.resolve(segments[segments.length - 1]);
  }
}
