package io.qilin.examples;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;

/** The compiled main code of all modules, for the tests of the architecture. */
final class QilinClasses {
  /** All classes under {@code io.qilin} but those of tests. */
  static final JavaClasses ALL = new ClassFileImporter()
      .withImportOption(location -> !isTest(location))
      .importPackages("io.qilin");

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
    "io.qilin.parquet.."
  };

  private QilinClasses() {}

  private static boolean isTest(Location location) {
    String tests = ArchitectureTest.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .toString();
    return location.contains(tests) || location.contains("/test-classes/");
  }
}
