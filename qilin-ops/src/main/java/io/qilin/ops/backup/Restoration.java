package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A backup that is being copied into a folder beside its target. Closing removes what has not been placed. For one thread. */
final class Restoration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

  private final Path target;
  private final Path parent;
  private final Path path;
  private boolean placed;

  private Restoration(Path target, Path parent, Path path) {
    this.target = target;
    this.parent = parent;
    this.path = path;
  }

  static Restoration begin(Path target, Backup backup) throws IOException {
    Path parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND, "the folder above " + target + " is not there; make it first");
    }
    requireFree(target);
    Path path = parent.resolve("." + Disk.name(target) + ".restoring-" + backup.sequence());
    try {
      Files.createDirectory(path);
    } catch (FileAlreadyExistsException e) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          path + " is there: another restores into this target, or was killed while it did; in the"
              + " second case remove the folder",
          e);
    }
    return new Restoration(target, parent, path);
  }

  private static void requireFree(Path target) throws IOException {
    boolean free =
        !Disk.exists(target) || (Disk.isFolder(target) && Disk.list(target).isEmpty());
    if (!free) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          target + " is there and not an empty folder; a backup is never restored over anything");
    }
  }

  /** Where the parts are. */
  Path path() {
    return path;
  }

  void copy(BackupFolder from, Manifest manifest) throws IOException {
    for (String part : manifest.parts()) {
      Path into = path.resolve(part);
      Files.createDirectory(into);
      for (Map.Entry<String, FileDigest> file : manifest.files(part).entrySet()) {
        Path source = from.data(part).resolve(file.getKey());
        FileDigest copied = Disk.copy(source, Tree.placed(into, file.getKey()));
        if (!copied.equals(file.getValue())) {
          throw BackupErrors.damaged(source + " changed while it was restored");
        }
      }
    }
  }

  void inspect(Inspection inspection, Manifest manifest) throws IOException {
    SortedMap<String, FileDigest> named = new TreeMap<>();
    for (String part : manifest.parts()) {
      manifest.files(part).forEach((file, digest) -> named.put(part + "/" + file, digest));
    }
    inspection.files(path, named);
  }

  /** Gives the folder its name. */
  void place() throws IOException {
    for (Path folder : Tree.of(path).folders()) {
      Disk.force(folder);
    }
    requireFree(target);
    if (Disk.exists(target)) {
      // Fails if something has come into it since.
      Files.delete(target);
    }
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    placed = true;
    Disk.force(parent);
  }

  @Override
  public void close() {
    if (!placed) {
      boolean interrupted = Thread.interrupted();
      try {
        Disk.remove(path);
      } catch (IOException e) {
        LOG.warn("{} could not be removed; it is no store, remove it", path, e);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
