package io.qilin.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Sessions whose executors are processes of their own, started by Spark on this machine from the class path of the tests. */
final class Clusters {
  private Clusters() {}

  /** Sets up a master {@code local-cluster[n,cores,MiB]}; the environment names a folder as SPARK_HOME, which is filled. */
  static SparkSession.Builder quiet(String master) {
    Path home = Path.of(System.getenv("SPARK_HOME")).toAbsolutePath();
    StringBuilder folders = new StringBuilder();
    try {
      Path jars = Files.createDirectories(home.resolve("jars"));
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path path = Path.of(entry).toAbsolutePath();
        if (Files.isDirectory(path)) {
          folders.append(folders.isEmpty() ? "" : File.pathSeparator).append(path);
        } else {
          Path link = jars.resolve(path.getFileName());
          Files.deleteIfExists(link);
          Files.createSymbolicLink(link, path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Sessions.quiet(master)
        .config("spark.executor.extraClassPath", folders.toString())
        .config("spark.executor.extraJavaOptions", "-Dfile.encoding=UTF-8");
  }
}
