package io.qilin.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.model.Run;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the README run. */
class MlflowExampleTest {
  @Test
  void whenTheStoreIsChanged_thenTheProgramStaysTheSame(@TempDir Path folder) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try (MlflowDouble mlflow = MlflowDouble.start();
        Database database = Database.sqlite(folder.resolve("mlops.db"))) {
      ArtifactStore artifacts = Fixture.artifacts(folder.resolve("artifacts"));
      Clock clock = Clock.systemUTC();
      MlflowServer server = MlflowExample.connect(mlflow.uri(), executor);

      List<Run> before = MlflowExample.before(database, artifacts, clock);
      List<String> left = MlflowExample.copy(database, artifacts, server, clock);
      List<Run> after = MlflowExample.after(server, clock);

      assertThat(before).hasSize(1);
      assertThat(left).isEmpty();
      assertThat(after)
          .hasSize(2)
          .allSatisfy(run -> assertThat(run.metric("ic")).isEqualTo(0.047));
    } finally {
      executor.shutdownNow();
    }
  }
}
