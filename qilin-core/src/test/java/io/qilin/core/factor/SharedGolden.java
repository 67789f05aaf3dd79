package io.qilin.core.factor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the large golden files beside the checkout; tests that need them are skipped where they are not. */
final class SharedGolden {
  private SharedGolden() {}

  /** A folder of the shared files, for example {@code golden}. */
  static Path folder(String name) {
    Optional<Path> root = root();
    assumeTrue(root.isPresent(), "skipped: no folder ../shared/golden is found above the working directory");
    return root.orElseThrow().resolve(name);
  }

  private static Optional<Path> root() {
    String given = System.getProperty("qilin.shared");
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
        .map(folder -> folder.resolveSibling("shared"))
        .filter(shared -> Files.isDirectory(shared.resolve("golden")))
        .findFirst();
  }
}
