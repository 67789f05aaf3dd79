package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.ops.health.HealthResult;
import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackupWorkerTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir
  Path folder;

  private final Semaphore tried = new Semaphore(0);
  private volatile boolean broken;
  private BackupFixture fixture;
  private Backups backups;
  private BackupWorker worker;

  @BeforeEach
  void make() {
    fixture = new BackupFixture(folder);
    backups = fixture
        .backups(folder.resolve("backups"))
        .part(BackupPart.of(
            "watched",
            into -> {
              tried.release();
              if (broken) {
                throw new IOException("No space left on device");
              }
            },
            copy -> ""))
        .build();
  }

  @AfterEach
  void close() {
    if (worker != null) {
      worker.close();
    }
  }

  private void start() {
    worker = BackupWorker.builder(backups, fixture.clock, fixture.nanos::get)
        // Longer than the clocks of the tests jump: a pause may be reckoned while they do.
        .interval(HOUR.multipliedBy(3))
        .oldest(HOUR.multipliedBy(2))
        .retry(Duration.ofMillis(1))
        .failures(2)
        // As long as that, as a step may be ending while they do.
        .longest(Duration.ofDays(1))
        .retention(new Retention(2, 0, 0))
        .start();
  }

  private void awaitTries(int count) throws InterruptedException {
    assertThat(tried.tryAcquire(count, 30, TimeUnit.SECONDS))
        .as("tries within 30 s")
        .isTrue();
  }

  private HealthResult awaitHealth(Predicate<HealthResult> wanted) {
    AtomicReference<HealthResult> health = new AtomicReference<>(worker.health());
    Await.until("the health that is wanted", () -> {
      health.set(worker.health());
      return wanted.test(health.get());
    });
    return health.get();
  }

  @Test
  void whenStarted_thenOneIsMadeVerifiedAndOldOnesGo() throws InterruptedException {
    backups.create();
    backups.create();
    fixture.clock.advance(HOUR.multipliedBy(3));
    tried.drainPermits();
    start();
    awaitTries(1);
    HealthResult health = awaitHealth(result ->
        "1".equals(result.facts().get("made")) && backups.list().backups().size() == 2);
    assertThat(health.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(worker.age()).contains(Duration.ZERO);
    worker.wake();
    awaitTries(1);
  }

  @Test
  void whenThereIsAYoungOne_thenNoneIsMade() {
    backups.create();
    tried.drainPermits();
    fixture.clock.advance(Duration.ofMinutes(20));
    start();
    HealthResult health = awaitHealth(result -> result.facts().containsKey("newest"));
    assertThat(health.facts()).containsEntry("age-seconds", "1200").containsEntry("made", "0");
    assertThat(tried.availablePermits()).isZero();
    // The clock may jump now; the age is the ticker's.
    fixture.clock.advance(Duration.ofDays(-400));
    fixture.nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(worker.age()).contains(Duration.ofMinutes(25));
  }

  @Test
  void whenTheNewestIsDamagedOrOfTheFuture_thenItDoesNotCount()
      throws IOException, InterruptedException {
    Backup made = backups.create();
    tried.drainPermits();
    fixture.clock.advance(Duration.ofDays(-1));
    start();
    awaitTries(1);
    awaitHealth(result -> "1".equals(result.facts().get("made")));
    worker.close();
    for (Backup backup : backups.list().backups()) {
      Files.writeString(fixture.file(backup, "data/config/live.txt"), "damaged");
    }
    start();
    awaitTries(1);
    awaitHealth(result -> "1".equals(result.facts().get("made")));
    assertThat(backups.newest().orElseThrow().sequence()).isGreaterThan(made.sequence());
  }

  @Test
  void whenBackupsFail_thenHealthSaysSoAndTheNextThatGoesWellMendsIt() throws InterruptedException {
    broken = true;
    start();
    awaitTries(3);
    HealthResult ill = awaitHealth(result -> result.status() == HealthStatus.UNHEALTHY);
    assertThat(ill.reason()).contains("in a row failed").contains("No space left");
    broken = false;
    HealthResult well = awaitHealth(result -> result.status() == HealthStatus.HEALTHY);
    assertThat(well.facts()).containsEntry("failures-in-a-row", "0");
    fixture.nanos.addAndGet(HOUR.multipliedBy(2).toNanos() + 1_000_000_000L);
    assertThat(worker.health().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(worker.health().reason()).isEqualTo("the newest verified backup is 7201 s old");
  }

  @Test
  void whenThereIsNone_thenHealthIsDegraded() throws InterruptedException {
    broken = true;
    worker = BackupWorker.builder(backups, fixture.clock, fixture.nanos::get)
        .retry(HOUR)
        .start();
    awaitTries(1);
    HealthResult health =
        awaitHealth(result -> "1".equals(result.facts().get("failures-in-a-row")));
    assertThat(health.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(health.reason()).startsWith("there is no verified backup; the last one failed: ");
    worker.close();
    assertThat(worker.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
  }
}
