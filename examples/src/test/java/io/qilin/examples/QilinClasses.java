package io.qilin.examples;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The compiled main code of all modules, for the tests of the architecture. */
final class QilinClasses {
  /** All classes under {@code io.qilin} but those of tests. */
  static final JavaClasses ALL = new ClassFileImporter()
      .withImportOption(location -> !isTest(location))
      .importLocations(everything());

  /** What hosts link: all modules but examples and benchmarks. */
  static final String[] LIBRARIES = {
    "io.qilin.api..",
    "io.qilin.core..",
    "io.qilin.data..",
    "io.qilin.agents..",
    "io.qilin.security..",
    "io.qilin.mlops..",
    "io.qilin.ops..",
    "io.qilin.parquet..",
    "io.qilin.arrow..",
    "io.qilin.flink..",
    "io.qilin.kafka..",
    "io.qilin.langchain4j..",
    "io.qilin.mlflow..",
    "io.qilin.openlineage..",
    "io.qilin.opentelemetry..",
    "io.qilin.restsource..",
    "io.qilin.spark..",
    "io.qilin.spring..",
    "io.qilin.vault..",
    "io.qilin.testkit.."
  };

  /** The libraries that run in production: without the testkit. */
  static final String[] RUNTIME = {
    "io.qilin.api..",
    "io.qilin.core..",
    "io.qilin.data..",
    "io.qilin.agents..",
    "io.qilin.security..",
    "io.qilin.mlops..",
    "io.qilin.ops..",
    "io.qilin.parquet..",
    "io.qilin.arrow..",
    "io.qilin.flink..",
    "io.qilin.kafka..",
    "io.qilin.langchain4j..",
    "io.qilin.mlflow..",
    "io.qilin.openlineage..",
    "io.qilin.opentelemetry..",
    "io.qilin.restsource..",
    "io.qilin.spark..",
    "io.qilin.spring..",
    "io.qilin.vault.."
  };

  private QilinClasses() {}

  /** What is on the class path, and the extensions that were built: their partners do not fit onto one class path. */
  private static Set<Location> everything() {
    Set<Location> all = new HashSet<>(Locations.ofPackage("io.qilin"));
    Path tests = tests();
    Path module = Path.of("").toAbsolutePath();
    Path classes = module.relativize(tests.resolveSibling("classes"));
    try (Stream<Path> extensions = Files.list(module.resolveSibling("extensions"))) {
      extensions
          .map(extension -> extension.resolve(classes))
          .filter(Files::isDirectory)
          .map(Location::of)
          .forEach(all::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Path tests() {
    try {
      return Path.of(ArchitectureTest.class
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isTest(Location location) {
    return location.contains(tests().toString()) || location.contains("/test-classes/");
  }
}
