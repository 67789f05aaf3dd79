package io.qilin.ops.reload;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says soon that something happened near some files. It watches the folders that they are in, those that their links lead to, and
 * the folder above each, so that a folder that is renamed or made anew is seen too. It may miss things and may say so for nothing;
 * what counts is what the files hold. Where a file system offers no watching, or it fails, it only says why.
 *
 * <p>One thread uses it; {@link #trouble} and {@link #overflows} may be asked by any.
 */
final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  /** Starts to watch on a file system. */
  @FunctionalInterface
  interface Opener {
    WatchService open(FileSystem system) throws IOException;
  }

  /** Has a folder watched. */
  @FunctionalInterface
  interface Registrar {
    WatchKey register(Path folder, WatchService service) throws IOException;
  }

  /** The operating system's. */
  static FolderWatch ofSystem() {
    return new FolderWatch(
        FileSystem::newWatchService,
        (folder, service) -> folder.register(
            service,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE));
  }

  private final Opener opener;
  private final Registrar registrar;
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private @Nullable WatchService service;
  private volatile String trouble = "";
  private volatile boolean offered = true;
  private final AtomicLong overflows = new AtomicLong();

  FolderWatch(Opener opener, Registrar registrar) {
    this.opener = opener;
    this.registrar = registrar;
  }

  /** Why it does not watch all that it should; empty if it does, or if the file system offers none. */
  String trouble() {
    return trouble;
  }

  /** Whether the file system offers watching. */
  boolean offered() {
    return offered;
  }

  /** How often the operating system lost count of what happened; each time counts as something that happened. */
  long overflows() {
    return overflows.get();
  }

  /** Watches what lies near these files now, and nothing else any more. Whether there is anything to await. */
  boolean follow(Collection<Path> files) {
    if (files.isEmpty() || !offered) {
      return false;
    }
    FileSystem system = files.iterator().next().getFileSystem();
    try {
      if (service == null) {
        service = opener.open(system);
      }
      register(NearFolders.of(files, system), service);
      return true;
    } catch (UnsupportedOperationException e) {
      LOG.debug("{} offers no watching", system, e);
      offered = false;
      trouble = "";
    } catch (IOException | ClosedWatchServiceException e) {
      failed("the system does not watch", e);
      close();
    }
    return false;
  }

  private void register(Set<Path> folders, WatchService on) {
    String problem = "";
    Map<Path, WatchKey> now = new HashMap<>();
    for (Path folder : folders) {
      try {
        now.put(folder, registrar.register(folder, on));
      } catch (NoSuchFileException | NotDirectoryException e) {
        // It went between two calls; the next look registers what is there then.
        LOG.trace("no folder {}", folder, e);
      } catch (IOException e) {
        problem = "the system does not watch " + folder + ": " + e.getMessage();
        if (trouble.isEmpty()) {
          LOG.warn("{}; it is polled", problem, e);
        }
      }
    }
    for (WatchKey old : keys.values()) {
      if (!now.containsValue(old)) {
        old.cancel();
      }
    }
    keys.clear();
    keys.putAll(now);
    trouble = problem;
  }

  /** Waits until something happens, at most so long. Whether something happened. */
  boolean await(long nanos) throws InterruptedException {
    if (service == null) {
      return false;
    }
    try {
      WatchKey key = service.poll(nanos, TimeUnit.NANOSECONDS);
      boolean happened = key != null;
      while (key != null) {
        for (WatchEvent<?> event : key.pollEvents()) {
          if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
            overflows.incrementAndGet();
          }
        }
        key.reset();
        key = service.poll();
      }
      return happened;
    } catch (ClosedWatchServiceException e) {
      failed("watching ended", e);
      close();
      return false;
    }
  }

  private void failed(String what, Exception e) {
    if (trouble.isEmpty()) {
      LOG.warn("{}; files are polled", what, e);
    }
    trouble =
        what + ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
  }

  /** Watches nothing any more; {@link #follow} begins anew. */
  @Override
  public void close() {
    keys.clear();
    WatchService open = service;
    service = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.debug("the watching of files did not end well", e);
      }
    }
  }
}
