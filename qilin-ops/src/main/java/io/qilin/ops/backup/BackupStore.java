package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder with all backups, and who is at work in it.
 *
 * <p>Safe to share between threads: changes are under one lock, in this process and by a file's lock in others; which backups are
 * being read is counted under another, that is never held while a disk is asked.
 */
final class BackupStore {
  private static final Logger LOG = LoggerFactory.getLogger(BackupStore.class);
  private static final String LOCK = "lock";

  /**
   * The folders that this process has locked. The lock of a file belongs to the process, and to close any channel on the file gives
   * it up: a second object must not so much as open it.
   */
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final ReentrantLock changes = new ReentrantLock(true);
  private final Map<String, Integer> inUse = new HashMap<>();
  /** Those that are being removed; guarded by {@link #inUse}. */
  private final Set<String> going = new HashSet<>();

  BackupStore(Path root) {
    this.root = root;
  }

  /** What changes something. */
  @FunctionalInterface
  interface Change<T> {
    T make() throws IOException;
  }

  /** Makes a change alone. */
  <T> T changing(String doing, Change<T> change) {
    try {
      changes.lockInterruptibly();
    } catch (InterruptedException e) {
      throw BackupErrors.of(doing, e);
    }
    try {
      Disk.makeFolders(root);
      Path real = root.toRealPath();
      if (!LOCKED.add(real)) {
        throw taken("another object of this process", null);
      }
      try {
        return locked(change);
      } finally {
        LOCKED.remove(real);
      }
    } catch (IOException e) {
      throw BackupErrors.of(doing + " in " + root, e);
    } finally {
      changes.unlock();
    }
  }

  private <T> T locked(Change<T> change) throws IOException {
    Path file = root.resolve(LOCK);
    if (Disk.exists(file)) {
      // To open a pipe would wait for somebody at its other end.
      Disk.requireFile(file);
    }
    try (FileChannel lock = FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      requireAlone(lock);
      return change.make();
    }
  }

  private void requireAlone(FileChannel lock) throws IOException {
    try {
      if (lock.tryLock() == null) {
        throw taken("another process", null);
      }
    } catch (OverlappingFileLockException e) {
      throw taken("another object of this process", e);
    }
  }

  private QilinException taken(String who, @Nullable Exception cause) {
    return new QilinException(
        ErrorCode.CONFLICT,
        who + " makes or removes a backup in " + root + "; wait until it is done",
        cause);
  }

  /** Reads a backup, which is not removed meanwhile. */
  <T> T using(String name, Function<BackupFolder, T> work) {
    if (BackupFolder.sequence(name) == 0) {
      throw QilinException.invalid("this is no name of a backup: " + QilinException.quote(name));
    }
    synchronized (inUse) {
      if (going.contains(name)) {
        throw new QilinException(
            ErrorCode.DATA_NOT_FOUND, "the backup " + name + " is just being removed");
      }
      inUse.merge(name, 1, Integer::sum);
    }
    try {
      return work.apply(new BackupFolder(root.resolve(name)));
    } finally {
      synchronized (inUse) {
        inUse.computeIfPresent(name, (any, count) -> count == 1 ? null : count - 1);
      }
    }
  }

  /** Removes a backup unless it is being read. */
  boolean removed(String name) throws IOException {
    synchronized (inUse) {
      if (inUse.containsKey(name)) {
        return false;
      }
      going.add(name);
    }
    try {
      new BackupFolder(root.resolve(name)).remove();
      return true;
    } finally {
      synchronized (inUse) {
        going.remove(name);
      }
    }
  }

  /** The manifest of a backup as it was when it was listed. */
  Manifest manifest(BackupFolder folder, Backup backup) throws IOException {
    Manifest manifest = folder.manifest();
    if (!manifest.backup().digest().equals(backup.digest())) {
      throw BackupErrors.damaged("the manifest of " + backup.name()
          + " is another one than when the backup was listed: it was " + backup.digest());
    }
    return manifest;
  }

  private List<BackupFolder> folders() throws IOException {
    List<BackupFolder> folders = new ArrayList<>();
    try {
      for (Path path : Disk.list(root)) {
        if (BackupFolder.sequence(Disk.name(path)) > 0 && Disk.isFolder(path)) {
          folders.add(new BackupFolder(path));
        }
      }
    } catch (NoSuchFileException e) {
      LOG.debug("there is no backup yet, and no {}", root, e);
    }
    return folders;
  }

  long lastSequence() throws IOException {
    long last = 0;
    for (BackupFolder folder : folders()) {
      last = Math.max(last, BackupFolder.sequence(Disk.name(folder.path())));
    }
    return last;
  }

  BackupList list() throws IOException {
    List<Backup> backups = new ArrayList<>();
    Map<String, String> unreadable = new TreeMap<>();
    for (BackupFolder folder : folders()) {
      try {
        if (folder.whole()) {
          backups.add(folder.manifest().backup());
        }
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException | QilinException e) {
        if (folder.whole()) {
          unreadable.put(
              Disk.name(folder.path()),
              BackupErrors.of("its manifest cannot be read", e).getMessage());
        } else {
          LOG.debug("the backup {} has just been removed", folder.path(), e);
        }
      }
    }
    return new BackupList(backups, unreadable);
  }

  /** Removes what crashed attempts left. */
  void removeHalves() throws IOException {
    for (BackupFolder folder : folders()) {
      if (!folder.whole()) {
        LOG.info("removing the unfinished backup {}", folder.path());
        folder.remove();
      }
    }
  }

  /** Removes what an attempt left; if that fails too, the next attempt does it. */
  void discard(BackupFolder folder) {
    boolean interrupted = Thread.interrupted();
    try {
      folder.remove();
    } catch (IOException e) {
      LOG.warn("the unfinished backup {} is left for the next attempt", folder.path(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
