package io.qilin.ops.reload;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders in which something happens when a file changes, also when it is reached by links or its folder is made anew. */
final class NearFolders {
  private static final Logger LOG = LoggerFactory.getLogger(NearFolders.class);

  private NearFolders() {}

  static Set<Path> of(Collection<Path> files, FileSystem system) {
    Set<Path> folders = new LinkedHashSet<>();
    for (Path file : files) {
      if (file.getFileSystem().equals(system)) {
        Path plain = file.toAbsolutePath().normalize();
        if (Files.isDirectory(plain)) {
          folders.add(plain);
        }
        around(plain, folders);
        real(plain).ifPresent(target -> around(target, folders));
      }
    }
    return folders;
  }

  /** The folder of a file and the one above it, or the nearest that are there. */
  private static void around(Path file, Set<Path> folders) {
    Path folder = file.getParent();
    while (folder != null && !Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    if (folder != null) {
      folders.add(folder);
      Path above = folder.getParent();
      if (above != null) {
        folders.add(above);
      }
    }
  }

  private static Optional<Path> real(Path file) {
    try {
      return Optional.of(file.toRealPath());
    } catch (IOException e) {
      // It is not there now; the folder that it will come to is watched.
      LOG.trace("no file {}", file, e);
      return Optional.empty();
    }
  }
}
