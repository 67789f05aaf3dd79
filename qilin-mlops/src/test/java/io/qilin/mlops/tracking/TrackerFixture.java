package io.qilin.mlops.tracking;

import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.store.Database;
import io.qilin.testkit.SettableClock;
import java.nio.file.Path;
import java.util.Random;

/** Trackers for tests. */
final class TrackerFixture {
  private TrackerFixture() {}

  static EmbeddedTracker tracker(Database database, Path folder, long seed) {
    SettableClock clock = SettableClock.at("2024-01-02T15:00:00+08:00");
    return EmbeddedTracker.open(
        database, ArtifactStore.open(folder.resolve("artifacts"), clock), clock, new Random(seed));
  }
}
