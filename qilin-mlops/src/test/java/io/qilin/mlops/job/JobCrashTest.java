package io.qilin.mlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.fault.FaultRun;
import io.qilin.testkit.fault.KillScenario;
import io.qilin.testkit.fault.KilledChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Scenario F1 for jobs: a process that submits and runs jobs is killed with SIGKILL, again and again on one store. */
@Tag("fault")
@Tag("F1")
@Timeout(300)
class JobCrashTest {
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(1);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void whenAProcessIsKilled_thenNoJobIsForgottenAndNoneRunsTwiceAtOnce(@TempDir Path folder) {
    requireNoFault(StoreKind.SQLITE, folder);
  }

  @Test
  @EnabledIfSystemProperty(named = FaultRun.COUNT, matches = ".+")
  void whenItsStoreIsPostgres_thenTheSameHolds(@TempDir Path folder) {
    requireNoFault(StoreKind.POSTGRES, folder);
  }

  @Test
  void whenAnAcknowledgedJobIsTakenAway_thenTheCheckNotices(@TempDir Path folder) {
    try (TestStore store = StoreKind.SQLITE.open(folder)) {
      KillScenario planted = kill(
          FaultRun.of("F1-jobs-planted", 1),
          store,
          folder,
          database -> database.write(connection -> {
            try (var statement = connection.createStatement()) {
              return statement.executeUpdate(
                  "DELETE FROM job WHERE id = (SELECT MIN(id) FROM job)");
            }
          }));

      assertThat(planted.faults()).isNotEmpty();
    }
  }

  private void requireNoFault(StoreKind kind, Path folder) {
    try (TestStore store = kind.open(folder)) {
      KillScenario killed = kill(FaultRun.of("F1-jobs-" + kind, 2), store, folder, database -> {});

      System.out.println(killed.report());
      assertThat(killed.faults()).isEmpty();
      assertThat(killed.acknowledged()).isPositive();
    }
  }

  private KillScenario kill(FaultRun run, TestStore store, Path folder, Consumer<Database> plant) {
    Set<String> acknowledged = new TreeSet<>();
    return KillScenario.run(
        run,
        kill -> KilledChild.of(JobCrashChild.class, folder, store.place(), folder.toString()),
        (kill, lines) -> {
          assertThat(lines).noneMatch(line -> line.startsWith("TWICE"));
          lines.stream()
              .filter(line -> line.startsWith(KilledChild.ACK))
              .forEach(line -> acknowledged.add(line.substring(KilledChild.ACK.length())));
          plant.accept(store.database());
          requireAllThere(store.database(), folder, acknowledged, kill + 1);
        });
  }

  private void requireAllThere(
      Database database, Path folder, Set<String> acknowledged, int kills) {
    JobThreads none = new JobThreads(threads, threads, new ManualRounds());
    try (JobService jobs = JobService.builder(database, Clock.systemUTC(), System::nanoTime, none)
        .kindOfOthers("train")
        .settings(JobSettings.DEFAULT.withoutOthers())
        .open()) {
      Map<String, Integer> runs = runs(folder);
      Set<String> found = new TreeSet<>();
      for (Job job : jobs.jobs(EnumSet.allOf(JobState.class), 10_000)) {
        found.add(job.id().value());
        requireSound(job, runs.getOrDefault(job.id().value(), 0));
      }
      assertThat(found).containsAll(acknowledged);
      assertThat(found.size()).isLessThanOrEqualTo(acknowledged.size() + kills);
    }
  }

  /** The dead process is seen to: its jobs are FAILED, or QUEUED if they may run again. */
  private static void requireSound(Job job, int begun) {
    assertThat(job.state()).isIn(JobState.QUEUED, JobState.SUCCEEDED, JobState.FAILED);
    assertThat(begun).isLessThanOrEqualTo(job.attempt());
    if (job.state() == JobState.FAILED) {
      assertThat(job.failure().orElseThrow().code()).isEqualTo(ErrorCode.SYSTEM);
      assertThat(job.attempt()).isEqualTo(job.request().restarts() + 1);
    } else if (job.state() == JobState.QUEUED) {
      assertThat(job.attempt()).isLessThanOrEqualTo(job.request().restarts());
    }
  }

  private static Map<String, Integer> runs(Path folder) {
    Map<String, Integer> runs = new HashMap<>();
    Path log = folder.resolve("runs.log");
    try {
      List<String> lines =
          Files.exists(log) ? Files.readAllLines(log, StandardCharsets.UTF_8) : List.of();
      lines.forEach(line -> runs.merge(line.substring(0, line.indexOf(' ')), 1, Integer::sum));
      return runs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
