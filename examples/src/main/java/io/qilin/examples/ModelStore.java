package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.registry.EmbeddedRegistry;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.tracking.EmbeddedTracker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * Experiments and models below one folder: {@code qilin.db} and {@code artifacts}.
 *
 * @param database to be closed
 * @param artifacts the files
 * @param tracker the experiments
 * @param registry the models
 */
record ModelStore(
    Database database, ArtifactStore artifacts, EmbeddedTracker tracker, EmbeddedRegistry registry)
    implements AutoCloseable {
  /**
   * Opens what is there.
   *
   * @throws QilinException DATA_NOT_FOUND if nothing is
   */
  static ModelStore existing(Path folder, Clock clock) {
    if (!Files.isRegularFile(folder.resolve("qilin.db"))) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "there is no store in " + folder + "; qilin workflow --store makes one");
    }
    return open(folder, clock);
  }

  /** Opens what is there, or makes it. */
  static ModelStore open(Path folder, Clock clock) {
    WholeFile.makeFolder(folder);
    Path files = folder.resolve("artifacts");
    WholeFile.makeFolder(files);
    ArtifactStore artifacts = ArtifactStore.open(files, clock);
    Database database = Database.sqlite(folder.resolve("qilin.db"));
    try {
      return new ModelStore(
          database,
          artifacts,
          EmbeddedTracker.open(database, artifacts, clock, new SecureRandom()),
          EmbeddedRegistry.builder(database, artifacts, clock, System::nanoTime).open());
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
