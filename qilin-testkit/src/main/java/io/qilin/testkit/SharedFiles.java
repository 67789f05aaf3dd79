package io.qilin.testkit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder {@code shared} with large test data that lies beside the checkout and is not part of it: values computed
 * by other software ({@code golden}) and collections of hostile input ({@code corpora}).
 *
 * <p>It is found by walking up from the working directory to a folder that has a neighbour {@code shared/golden}; the
 * system property {@value #PROPERTY} names it instead. Where it or a file in it is absent, the calling test is aborted
 * with a message that says so; it neither passes nor fails.
 */
public final class SharedFiles {
  /** The system property that names the folder. */
  public static final String PROPERTY = "qilin.shared";

  private SharedFiles() {}

  /** The folder, if it is there. */
  public static Optional<Path> root() {
    String named = System.getProperty(PROPERTY);
    return named == null
        ? above(Path.of("").toAbsolutePath())
        : Optional.of(Path.of(named)).filter(Files::isDirectory);
  }

  static Optional<Path> above(Path start) {
    for (Path at = start.toAbsolutePath(); at != null; at = at.getParent()) {
      Path shared = at.resolveSibling("shared");
      if (Files.isDirectory(shared.resolve("golden"))) {
        return Optional.of(shared.normalize());
      }
    }
    return Optional.empty();
  }

  /** A file of the golden data, for example {@code cn_input.csv.gz}; aborts the test if it is absent. */
  public static Path golden(String name) {
    return file("golden/" + name);
  }

  /** A folder or file of a corpus, for example {@code csv-hostile}; aborts the test if it is absent. */
  public static Path corpus(String name) {
    return file("corpora/" + name);
  }

  /** Any file or folder below {@code shared}; aborts the test if it is absent. */
  public static Path file(String relative) {
    Optional<Path> file = root().map(root -> root.resolve(relative)).filter(Files::exists);
    Assumptions.assumeTrue(
        file.isPresent(),
        () -> "skipped: shared/" + relative + " is not there; put the shared folder beside the"
            + " checkout or name it with -D" + PROPERTY + "=FOLDER");
    return file.orElseThrow();
  }

  /**
   * All lines of a UTF-8 text; a name that ends in {@code .gz} is unpacked.
   *
   * @throws QilinException IO if it cannot be read
   */
  public static List<String> lines(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new QilinException(ErrorCode.IO, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
