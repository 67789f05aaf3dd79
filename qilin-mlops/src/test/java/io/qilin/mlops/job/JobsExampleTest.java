package io.qilin.mlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.mlops.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/mlops-jobs.md. */
@Timeout(60)
class JobsExampleTest {
  @Test
  void whenTheExampleRuns_thenTheJobSucceeds(@TempDir Path folder) throws Exception {
    Reader subscriber = new Reader(Long.MAX_VALUE);
    ExecutorService pool = Executors.newCachedThreadPool();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (Database database = Database.sqlite(folder.resolve("jobs.db"));
        JobService jobs = JobService.builder(
                database, Clock.systemUTC(), System::nanoTime, new JobThreads(pool, pool, timer))
            .body("train", context -> {
              context.log("leaves: " + context.parameters().get("leaves"));
              context.cancellation().check();
              return Map.of("ic", "0.03");
            })
            .open()) {
      JobId id = jobs.submit(JobRequest.builder("train", "nightly")
          .parameters(Map.of("leaves", "31"))
          .build());
      jobs.events(id, 0).subscribe(subscriber);

      assertThat(subscriber.all())
          .anyMatch(
              event -> event instanceof JobEvent.Line line && line.text().equals("leaves: 31"));
      assertThat(jobs.job(id).result()).isEqualTo(Map.of("ic", "0.03"));
    } finally {
      timer.shutdownNow();
      pool.shutdownNow();
    }
  }
}
