package io.qilin.api.market;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the folder {@code shared} beside the checkout; qilin-testkit, which does so for others, needs this module. */
final class SharedFolder {
  private SharedFolder() {}

  static Optional<Path> find() {
    String named = System.getProperty("qilin.shared");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isDirectory);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolveSibling("shared").resolve("golden"))) {
        return Optional.of(at.resolveSibling("shared"));
      }
    }
    return Optional.empty();
  }
}
