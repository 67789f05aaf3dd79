package io.qilin.ops.backup;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The files below a folder, each put there or replaced by renaming another: decision records, configuration files.
 *
 * <p>Each file is copied whole as it was at some moment of the copy; they are not of one moment together. A file that goes
 * meanwhile is left out. Immutable and safe to share between threads.
 */
public final class FolderPart implements BackupPart {
  private final String name;
  private final Path folder;
  private final Predicate<String> files;
  private final CopyCheck check;

  private FolderPart(String name, Path folder, Predicate<String> files, CopyCheck check) {
    this.name = name;
    this.folder = folder;
    this.files = files;
    this.check = check;
  }

  /**
   * A part of one folder.
   *
   * @param name as {@link BackupPart#name}
   * @param folder what is copied
   * @param files which names, also of folders, are taken: leave out what is only half written
   * @param check is given the folder with the copies and changes nothing
   */
  public static FolderPart of(String name, Path folder, Predicate<String> files, CopyCheck check) {
    return new FolderPart(
        SafeName.part(name),
        Objects.requireNonNull(folder, "folder"),
        Objects.requireNonNull(files, "files"),
        Objects.requireNonNull(check, "check"));
  }

  @Override
  public String name() {
    return name;
  }

  /** {@inheritDoc} */
  @Override
  public void snapshot(Path into) throws IOException {
    for (Map.Entry<String, Path> one : Tree.of(folder, files).files().entrySet()) {
      Path to = Tree.placed(into, one.getKey());
      try {
        Disk.copy(one.getValue(), to);
      } catch (NoSuchFileException e) {
        if (Disk.exists(one.getValue())) {
          throw e;
        }
      }
    }
  }

  /** {@inheritDoc} */
  @Override
  public String verify(Path copy) throws Exception {
    return check.check(copy);
  }
}
