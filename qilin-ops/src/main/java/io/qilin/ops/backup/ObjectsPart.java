package io.qilin.ops.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Files whose names are the SHA-256 of what is in them, as in the folder {@code objects} of a store of artifacts.
 *
 * <p>Files of other names are left out; one that goes while the copy is made was garbage. Do not collect garbage during a backup:
 * a file that is being judged may be elsewhere for a moment. Copy the records that refer to the files first, then the files: what
 * a record names was there before it. Safe to share between threads.
 */
public final class ObjectsPart implements BackupPart {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  private final String name;
  private final Path folder;
  private final boolean linked;

  private ObjectsPart(String name, Path folder, boolean linked) {
    this.name = name;
    this.folder = folder;
    this.linked = linked;
  }

  /**
   * A part of all such files below a folder.
   *
   * @param name as {@link BackupPart#name}
   * @param folder what is not there yet has no files
   */
  public static ObjectsPart of(String name, Path folder) {
    return new ObjectsPart(SafeName.part(name), Objects.requireNonNull(folder, "folder"), false);
  }

  /**
   * The same with hard links in place of copies, which cost no room. They guard against a file that is removed, not against a
   * disk that changes one: the bytes are there once. On another file system making them fails.
   */
  public ObjectsPart linked() {
    return new ObjectsPart(name, folder, true);
  }

  @Override
  public String name() {
    return name;
  }

  /** {@inheritDoc} */
  @Override
  public void snapshot(Path into) throws IOException {
    if (!Disk.exists(folder)) {
      return;
    }
    for (Map.Entry<String, Path> one : objects(folder).entrySet()) {
      Path to = Tree.placed(into, one.getKey());
      try {
        place(one.getValue(), to);
      } catch (NoSuchFileException e) {
        if (Disk.exists(one.getValue())) {
          throw e;
        }
      }
    }
  }

  private static Map<String, Path> objects(Path folder) throws IOException {
    Map<String, Path> objects = new TreeMap<>(
        Tree.of(folder, file -> file.length() <= 2 || NAME.matcher(file).matches())
            .files());
    // The short names are those of folders.
    objects.values().removeIf(file -> !NAME.matcher(Disk.name(file)).matches());
    return objects;
  }

  private void place(Path from, Path to) throws IOException {
    if (linked) {
      Disk.requireFile(from);
      Files.createLink(to, from);
    } else {
      Disk.copy(from, to);
    }
  }

  /** {@inheritDoc} */
  @Override
  public String verify(Path copy) throws IOException {
    if (!Disk.exists(copy)) {
      return "0 files";
    }
    Map<String, Path> objects = objects(copy);
    for (Path object : objects.values()) {
      if (!Disk.digest(object).sha256().equals(Disk.name(object))) {
        throw BackupErrors.damaged(object + " is not what its name says");
      }
    }
    return objects.size() + " files";
  }
}
