package io.qilin.mlops.tracking;

import io.qilin.api.model.ExperimentTracker;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.ExperimentTrackerTck;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a tracker, on Sqlite. */
class SqliteTrackerTest extends ExperimentTrackerTck {
  @TempDir
  Path folder;

  private TestStore store;
  private ExperimentTracker tracker;

  @BeforeEach
  void open() {
    store = StoreKind.SQLITE.open(folder);
    tracker = TrackerFixture.tracker(store.database(), folder, 7);
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  @Override
  protected ExperimentTracker tracker() {
    return tracker;
  }

  @Override
  protected String prefix() {
    return "tck ";
  }
}
