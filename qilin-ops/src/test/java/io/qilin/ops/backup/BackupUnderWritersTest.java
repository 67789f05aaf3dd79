package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.Await;
import io.qilin.testkit.fault.FaultRun;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four threads write models, records and runs while backups are made. */
@Timeout(120)
@Tag("fault")
@Tag("backup-writers")
class BackupUnderWritersTest {
  private final Set<String> models = ConcurrentHashMap.newKeySet();
  private final Set<String> records = ConcurrentHashMap.newKeySet();
  private final Set<String> runs = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean over = new AtomicBoolean();

  @TempDir
  Path folder;

  /** What had been acknowledged when a backup was asked for. */
  private record Promise(
      Backup backup, Set<String> models, Set<String> records, Set<String> runs) {}

  private void write(StoreHost host, int thread, CountDownLatch began) {
    for (int i = 1; !over.get(); i++) {
      switch (thread) {
        case 0, 1 ->
          models.add(host.register("t" + thread, "t" + thread + " " + i).toString());
        case 2 -> {
          String resource = "order/" + i;
          host.record(resource);
          records.add(resource);
        }
        default -> runs.add(host.run());
      }
      began.countDown();
    }
  }

  @Test
  void whenStoresAreWritten_thenEachBackupIsConsistentAndHasAllThatWasAcknowledgedBefore()
      throws Exception {
    FaultRun run = FaultRun.of("backup-writers", 1);
    List<Promise> promises = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Clock clock = Clock.systemUTC();
    Backups backups;
    try (StoreHost host = StoreHost.open(folder.resolve("live"))) {
      backups = host.backups(folder.resolve("backups"), clock).build();
      CountDownLatch began = new CountDownLatch(20);
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int thread = i;
        writers.add(threads.submit(() -> write(host, thread, began)));
      }
      began.await();
      for (int i = 0; i < run.n(); i++) {
        Set<String> ackedModels = new HashSet<>(models);
        Set<String> ackedRecords = new HashSet<>(records);
        Set<String> ackedRuns = new HashSet<>(runs);
        promises.add(new Promise(backups.create(), ackedModels, ackedRecords, ackedRuns));
      }
      int had = records.size();
      Await.until("a record came after the last backup", () -> records.size() > had);
      over.set(true);
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    long checked = 0;
    for (Promise promise : promises) {
      Path restored = folder.resolve("restored-" + promise.backup().sequence());
      backups.restore(promise.backup(), restored);
      assertThat(StoreHost.modelsIn(restored)).containsAll(promise.models());
      assertThat(StoreHost.recordsIn(restored)).containsAll(promise.records());
      assertThat(StoreHost.runsIn(restored, promise.runs())).containsAll(promise.runs());
      checked +=
          promise.models().size() + promise.records().size() + promise.runs().size();
    }
    System.out.println(run.report(
        0,
        Map.of(
            "acknowledgedBefore",
            checked,
            "written",
            models.size() + records.size() + runs.size())));
    assertThat(checked).isPositive();
    // The planted fault: the first backup does not have what was acknowledged after it.
    assertThat(StoreHost.recordsIn(folder.resolve("restored-1")))
        .as("a backup is not thought to have what came later")
        .isNotEqualTo(records);
  }
}
