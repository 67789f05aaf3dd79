package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Await;
import io.qilin.testkit.fault.DiskFault;
import io.qilin.testkit.fault.FaultDisk;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a log does when its signer, its sink, chance, the alert sink or the disk fails it, and when too much comes at once. */
@Timeout(120)
class AuditLogTroubleTest {
  private final FaultDisk disk = FaultDisk.empty();
  private final Path folder = disk.path("/audit");
  private final AuditFixture fixture = new AuditFixture();

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenTheSignerFailsAgainAfterItWorked_thenItIsToldAgain() {
    AtomicBoolean broken = new AtomicBoolean(true);
    try (AuditLog log = AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            checkpoint -> {
              if (broken.get()) {
                throw new AuditFixture.Broken();
              }
              fixture.checkpoints.add(checkpoint);
            },
            fixture.clock,
            fixture.ticker::get,
            fixture.random)
        .checkpointRecords(2)
        .alerts(fixture.alerts::add)
        .open()) {
      record(log, 1, 6);
      assertThat(fixture.alerts).hasSize(1);
      assertThat(fixture.alerts.get(0).message()).contains("checkpoint", "Broken");
      broken.set(false);
      record(log, 7, 8);
      assertThat(fixture.checkpoints).isNotEmpty();
      broken.set(true);
      record(log, 9, 14);
      assertThat(fixture.alerts).hasSize(2);
      broken.set(false);
    }
    assertThat(fixture.verify(folder).clean()).isTrue();
    assertThat(fixture.checkpoints.get(fixture.checkpoints.size() - 1).size()).isEqualTo(14);
  }

  private static void record(AuditLog log, int from, int to) {
    for (int i = from; i <= to; i++) {
      log.record(AuditFixture.entry(i));
    }
  }

  /** Holds the log's thread in the sink after the first record. */
  private AuditLog.Builder held(CountDownLatch inTheSink, CountDownLatch letGo) {
    return AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            checkpoint -> {
              fixture.checkpoints.add(checkpoint);
              inTheSink.countDown();
              try {
                letGo.await();
              } catch (InterruptedException e) {
                throw QilinException.invalid("interrupted");
              }
            },
            fixture.clock,
            fixture.ticker::get,
            fixture.random)
        .alerts(fixture.alerts::add);
  }

  @Test
  void whenManyEntriesWait_thenACheckpointStandsAfterEachSoMany() throws Exception {
    CountDownLatch inTheSink = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    try (AuditLog log = held(inTheSink, letGo).checkpointRecords(4).open()) {
      for (int i = 1; i <= 4; i++) {
        log.append(AuditFixture.entry(i));
      }
      inTheSink.await();
      for (int i = 5; i <= 18; i++) {
        log.append(AuditFixture.entry(i));
      }
      letGo.countDown();
    }
    assertThat(fixture.checkpoints)
        .extracting(AuditCheckpoint::size)
        .containsExactly(4L, 8L, 12L, 16L, 18L);
  }

  @Test
  void whenTheEntriesThatWaitAreLarge_thenTheyAreBoundedByTheirBytes() throws Exception {
    CountDownLatch inTheSink = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    String third = "a".repeat(10_000);
    AuditEntry large = AuditEntry.builder(third, "order.place", third, AuditOutcome.NOTICE)
        .attribute("note", third)
        .build();
    int taken = 0;
    AuditLog log = held(inTheSink, letGo)
        .checkpointRecords(1)
        .maxWait(Duration.ofSeconds(2))
        .open();
    log.append(AuditFixture.entry(1));
    inTheSink.await();
    try {
      while (taken < 5_000) {
        log.append(large);
        taken++;
      }
    } catch (QilinException full) {
      assertThat(full.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
    }
    letGo.countDown();
    AuditFixture.end(log);
    // Each has 30,000 characters of two bytes; 32 MiB may wait.
    assertThat(taken).isBetween(500, 600);
  }

  @Test
  void whenTheCallerIsInterruptedWhileItWaits_thenItIsRefusedAndTheFlagStays() throws Exception {
    CountDownLatch inTheSink = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    try (AuditLog log = held(inTheSink, letGo)
        .checkpointRecords(1)
        .maxWait(Duration.ofMinutes(1))
        .open()) {
      log.append(AuditFixture.entry(1));
      inTheSink.await();
      AtomicBoolean flag = new AtomicBoolean();
      Thread caller = new Thread(() -> {
        refused(ErrorCode.AUDIT_UNAVAILABLE, () -> log.record(AuditFixture.entry(2)));
        flag.set(Thread.currentThread().isInterrupted());
      });
      caller.start();
      Await.until("the caller waits", () -> caller.getState() == Thread.State.TIMED_WAITING);
      caller.interrupt();
      caller.join();
      assertThat(flag).isTrue();
      letGo.countDown();
    }
  }

  @Test
  void whenOneWhoIsInterruptedClosesTheLog_thenItEndsWellAndTheFlagStays() {
    AuditLog log = fixture.builder(folder).open();
    log.record(AuditFixture.entry(1));
    Thread.currentThread().interrupt();

    log.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(log.state()).isEqualTo(AuditState.CLOSED);
    assertThat(fixture.checkpoints).extracting(AuditCheckpoint::size).containsExactly(1L);
    fixture.builder(folder).open().close();
  }

  @Test
  void whenTheSignerEndsWithAnError_thenTheLogFailsAndRefuses() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    AuditLog log = AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            checkpoint -> {
              throw new AssertionError("broken");
            },
            fixture.clock,
            fixture.ticker::get,
            fixture.random)
        .checkpointRecords(1)
        .alerts(alert -> {
          fixture.alerts.add(alert);
          told.countDown();
        })
        .open();
    log.record(AuditFixture.entry(1));
    told.await();
    assertThat(log.state()).isEqualTo(AuditState.FAILED);
    refused(ErrorCode.AUDIT_UNAVAILABLE, () -> log.record(AuditFixture.entry(2)));
    log.close();
    assertThat(fixture.alerts).hasSize(1);
    fixture.builder(folder).open().close();
  }

  @Test
  void whenACheckpointIsAlwaysDue_thenNoneIsMadeWithoutANewRecord() {
    try (AuditLog log = AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            fixture.checkpoints::add,
            fixture.clock,
            fixture.ticker::incrementAndGet,
            fixture.random)
        .checkpointAge(Duration.ofNanos(1))
        .open()) {
      record(log, 1, 20);
    }
    assertThat(fixture.checkpoints).extracting(AuditCheckpoint::size).doesNotHaveDuplicates();
    assertThat(fixture.checkpoints.get(0).size()).isPositive();
  }

  /** What a checkpoint that was given away vouches for is on the disk. */
  @Test
  void whenACheckpointWasKept_thenItsRecordsOutlastAPowerCutThoughNotEachWasForced() {
    List<Integer> moments = new ArrayList<>();
    try (AuditLog log = AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            checkpoint -> {
              moments.add(disk.moment());
              fixture.checkpoints.add(checkpoint);
            },
            fixture.clock,
            fixture.ticker::get,
            fixture.random)
        .durability(Durability.EVERY_SECOND_MAY_LOSE_THE_LAST_SECOND)
        .checkpointRecords(3)
        .open()) {
      record(log, 1, 6);
    }
    for (int i = 0; i < moments.size(); i++) {
      for (int seed = 0; seed < 16; seed++) {
        FaultDisk after = disk.powerLost(moments.get(i), new Random(seed));
        AuditCheckpoint kept = fixture.checkpoints.get(i);
        new AuditFixture().builder(after.path("/audit")).expected(kept).open().close();
      }
    }
  }

  @Test
  void whenTheForceOfACheckpointFails_thenTheLogFails() {
    AuditLog log = fixture
        .builder(folder)
        .durability(Durability.EVERY_SECOND_MAY_LOSE_THE_LAST_SECOND)
        .checkpointRecords(2)
        .alerts(fixture.alerts::add)
        .open();
    log.record(AuditFixture.entry(1));
    disk.failAt(1, DiskFault.FAILED_FORCE, true);
    log.record(AuditFixture.entry(2));
    log.close();
    assertThat(log.state()).isEqualTo(AuditState.FAILED);
    assertThat(fixture.checkpoints).isEmpty();
    assertThat(fixture.alerts).hasSize(1);
  }

  @Test
  void whenACheckpointDoesNotFitIntoTheLog_thenItIsKeptAndTheLogIsReadOnlyUntilThereIsRoom() {
    AtomicBoolean full = new AtomicBoolean(true);
    try (AuditLog log = AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            checkpoint -> {
              fixture.checkpoints.add(checkpoint);
              if (full.getAndSet(false)) {
                disk.capacity(1);
              }
            },
            fixture.clock,
            fixture.ticker::get,
            fixture.random)
        .checkpointRecords(2)
        .alerts(fixture.alerts::add)
        .open()) {
      record(log, 1, 2);
      refused(ErrorCode.AUDIT_UNAVAILABLE, () -> log.record(AuditFixture.entry(3)));
      assertThat(log.state()).isEqualTo(AuditState.READ_ONLY);
      disk.heal();
      record(log, 3, 4);
      assertThat(log.state()).isEqualTo(AuditState.OPEN);
    }
    assertThat(fixture.verify(folder).clean()).isTrue();
    assertThat(fixture.checkpoints).extracting(AuditCheckpoint::size).startsWith(2L, 4L);
  }

  @Test
  void whenNobodyCanBeTold_thenTheLogGoesOnAllTheSame() {
    try (AuditLog log = fixture
        .builder(folder)
        .alerts(alert -> {
          throw new AuditFixture.Broken();
        })
        .open()) {
      log.record(AuditFixture.entry(1));
      disk.capacity(1);
      refused(ErrorCode.AUDIT_UNAVAILABLE, () -> log.record(AuditFixture.entry(2)));
      assertThat(log.state()).isEqualTo(AuditState.READ_ONLY);
      disk.heal();
      log.record(AuditFixture.entry(3));
      assertThat(log.durable()).isEqualTo(2);
      assertThat(log.state()).isEqualTo(AuditState.OPEN);
    }
    assertThat(fixture.verify(folder).clean()).isTrue();
  }

  @Test
  void whenTheSourceOfChanceFailsForOneEntry_thenThatOneIsRefusedAndTheOthersStand() {
    AtomicBoolean broken = new AtomicBoolean();
    SecureRandom random = new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        if (broken.get()) {
          throw new AuditFixture.Broken();
        }
        super.nextBytes(bytes);
      }
    };
    try (AuditLog log = AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            fixture.checkpoints::add,
            fixture.clock,
            fixture.ticker::get,
            random)
        .open()) {
      log.record(AuditFixture.entry(1));
      broken.set(true);
      refused(ErrorCode.AUDIT_UNAVAILABLE, () -> log.record(AuditFixture.entry(2)));
      assertThat(log.state()).isEqualTo(AuditState.OPEN);
      broken.set(false);
      assertThat(log.append(AuditFixture.entry(3)).toCompletableFuture().join().sequence())
          .isEqualTo(2);
    }
    assertThat(fixture.verify(folder).clean()).isTrue();
  }

  @Test
  void whenTheLastForceFails_thenTheLogHasFailed() {
    AuditLog log = fixture
        .builder(folder)
        .durability(Durability.NEVER_MAY_LOSE_THE_LAST_FILE)
        .alerts(fixture.alerts::add)
        .open();
    log.record(AuditFixture.entry(1));
    disk.failAt(1, DiskFault.FAILED_FORCE, true);
    log.close();
    assertThat(log.state()).isEqualTo(AuditState.FAILED);
    assertThat(fixture.alerts).hasSize(1);
  }

  @Test
  void whenTooManyIntentsWait_thenTheNextIsRefusedUntilOneHasItsOutcome() {
    try (AuditLog log = fixture
        .builder(folder)
        .durability(Durability.NEVER_MAY_LOSE_THE_LAST_FILE)
        .checkpointRecords(1_000_000)
        .open()) {
      CompletableFuture<AuditReceipt> last = new CompletableFuture<>();
      for (int i = 0; i < IntentBook.MOST; i++) {
        last = log.append(AuditFixture.entry("u", AuditOutcome.INTENT, "c" + i % 5))
            .toCompletableFuture();
      }
      last.join();
      refused(
          ErrorCode.LIMIT_EXCEEDED,
          () -> log.record(AuditFixture.entry("u", AuditOutcome.INTENT, "more")));
      log.record(AuditFixture.entry("u", AuditOutcome.NOTICE, "more"));
      log.record(AuditFixture.entry("u", AuditOutcome.SUCCEEDED, "c1"));
      log.record(AuditFixture.entry("u", AuditOutcome.INTENT, "more"));
      assertThat(log.durable()).isEqualTo(IntentBook.MOST + 3);
    }
  }
}
