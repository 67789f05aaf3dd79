package io.qilin.mlops.job;

import io.qilin.mlops.store.StoreKind;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class LocalTrainingExecutorTest extends TrainingExecutorContract {
  private JobBench bench;
  private JobService service;

  @BeforeEach
  void open(@TempDir Path folder) {
    bench = new JobBench(StoreKind.SQLITE, folder);
    service = bench.live(builder -> builder.body("train", body()));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Override
  TrainingExecutor executor() {
    return service;
  }
}
