package io.qilin.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The session that the tests of a process share; it ends with the process, or when a test needs another. */
final class Sessions {
  private static SparkSession shared;

  private Sessions() {}

  static synchronized SparkSession local() {
    if (shared == null) {
      shared = quiet("local[2,3]").getOrCreate();
    }
    return shared;
  }

  /** Ends the session: a process has one at a time. */
  static synchronized void stop() {
    if (shared != null) {
      shared.stop();
      shared = null;
    }
  }

  /** Settings for this machine alone. */
  static SparkSession.Builder quiet(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("qilin-spark")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.sql.session.timeZone", "UTC")
        // Days as LocalDate; the old classes need a flag on JDK 17 and later.
        .config("spark.sql.datetime.java8API.enabled", "true")
        .config(
            "spark.sql.warehouse.dir", Path.of("target", "warehouse").toUri().toString());
  }
}
