package io.qilin.mlops.job;

import io.qilin.mlops.store.StoreKind;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract holds for a trainer on another machine, over a line that breaks all the time. It keeps its jobs in
 * PostgreSQL. */
class RemoteTrainingExecutorTest extends TrainingExecutorContract {
  private JobBench bench;
  private TrainingExecutor remote;

  @BeforeEach
  void open(@TempDir Path folder) {
    bench = new JobBench(StoreKind.POSTGRES, folder);
    remote = new FakeRemote(bench.live(builder -> builder.body("train", body())));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Override
  TrainingExecutor executor() {
    return remote;
  }
}
