package io.qilin.mlops.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One collection of garbage, without any lock, in an order that makes it right. Who registers a file first holds it (a pin), then
 * puts it into place, then commits what refers to it, then ends the hold. Who collects first takes the file out of its place,
 * then looks for pins, then for references, and puts it back if there is one. Were the pin made before the collector looked, it
 * is seen, or it is gone and the reference is seen. Were it made after, the file is put into place after it was taken out, and
 * the collector removes only what it took. What it takes has a name of this collection alone, so that of removing and putting
 * back exactly one succeeds; what a crash left in the trash is put back by the next reader or collection.
 */
final class Collection {
  private static final Logger LOG = LoggerFactory.getLogger(Collection.class);
  private static final int DIGITS = 64;
  private static final String COLLECTOR = "collector-";

  private final ArtifactFolders folders;
  private final long now;
  private final long old;
  private final Predicate<String> referenced;
  private String ownName = "";
  private long kept;
  private long removed;
  private long removedBytes;

  Collection(ArtifactFolders folders, long now, long old, Predicate<String> referenced) {
    this.folders = folders;
    this.now = now;
    this.old = old;
    this.referenced = referenced;
  }

  Collected run() throws IOException {
    Path mark = folders.reserve(folders.trash(), COLLECTOR, now);
    try {
      ownName = "-" + name(mark).substring(COLLECTOR.length());
      deleteOld(folders.fresh(), "");
      deleteOld(folders.trash(), COLLECTOR);
      for (Path left : ArtifactFolders.list(folders.trash())) {
        putBack(folders, left);
      }
      judgeAll();
    } finally {
      Files.deleteIfExists(mark);
    }
    return new Collected(kept, removed, removedBytes);
  }

  private void judgeAll() throws IOException {
    for (Path folder : ArtifactFolders.list(folders.objects())) {
      for (Path file : ArtifactFolders.list(folder)) {
        judge(file, name(file));
      }
    }
  }

  private void judge(Path file, String sha256) throws IOException {
    if (sha256.length() != DIGITS || referenced.test(sha256) || pinned(sha256)) {
      kept++;
      return;
    }
    Path taken = folders.trash().resolve(sha256 + ownName);
    try {
      Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      LOG.debug("{} was taken by another collection, which judges it", file);
      return;
    }
    boolean garbage = false;
    try {
      garbage = !pinned(sha256) && !referenced.test(sha256);
    } finally {
      if (!garbage) {
        kept++;
        putBack(folders, taken);
      }
    }
    if (garbage) {
      remove(taken);
    }
  }

  private void remove(Path taken) throws IOException {
    try {
      long bytes = Files.size(taken);
      Files.delete(taken);
      removed++;
      removedBytes += bytes;
    } catch (NoSuchFileException e) {
      LOG.debug("{} was put back by a reader", taken);
      kept++;
    }
  }

  /** Whether somebody is registering it; ends holds that are too old to be anybody's. */
  private boolean pinned(String sha256) throws IOException {
    boolean pinned = false;
    for (Path pin : ArtifactFolders.list(folders.pins())) {
      if (name(pin).startsWith(sha256)) {
        if (ArtifactFolders.time(pin, sha256 + "-") < old) {
          Files.deleteIfExists(pin);
        } else {
          pinned = true;
        }
      }
    }
    return pinned;
  }

  private void deleteOld(Path folder, String prefix) throws IOException {
    for (Path file : ArtifactFolders.list(folder)) {
      if (ArtifactFolders.time(file, prefix) < old) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Puts back what a collection has taken of one digest. */
  static void restore(ArtifactFolders folders, String sha256) throws IOException {
    List<Path> taken = ArtifactFolders.list(folders.trash());
    for (Path file : taken) {
      if (name(file).startsWith(sha256)) {
        putBack(folders, file);
      }
    }
  }

  private static void putBack(ArtifactFolders folders, Path taken) throws IOException {
    String name = name(taken);
    if (name.startsWith(COLLECTOR) || name.length() <= DIGITS) {
      return;
    }
    Path place = folders.object(name.substring(0, DIGITS));
    try {
      Files.move(taken, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      LOG.debug("{} was put back or removed by another: exactly one of them succeeds", taken);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
