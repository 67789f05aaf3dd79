package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.fault.FaultDisk;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a log does while it is open. */
@Timeout(120)
class AuditLogTest {
  private final FaultDisk disk = FaultDisk.empty();
  private final Path folder = disk.path("/audit");
  private final AuditFixture fixture = new AuditFixture();

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenRecorded_thenItReadsBackAsItWas(@TempDir Path real) {
    AuditEntry entry = AuditEntry.builder("王小明", "order.place", "order/7", AuditOutcome.DENIED)
        .correlationId("call-7")
        .attribute("reason", "limit")
        .build();
    try (AuditLog log = fixture.builder(real).open()) {
      AuditReceipt receipt = log.append(entry).toCompletableFuture().join();
      AuditRecord record = log.reader().record(1);
      assertThat(record.entry()).isEqualTo(entry);
      assertThat(record.at()).isEqualTo(Instant.parse("2026-01-05T01:30:00Z"));
      assertThat(receipt).isEqualTo(new AuditReceipt(1, record.hash()));
      assertThat(log.durable()).isEqualTo(1);
      assertThat(log.state()).isEqualTo(AuditState.OPEN);
      assertThat(log.recovery()).isEqualTo(new AuditRecovery(0, 0, List.of(), 0));
    }
    assertThat(fixture.verify(real).clean()).isTrue();
  }

  @Test
  void whenRecordsFollow_thenEachCarriesTheHashOfTheOneBefore() {
    try (AuditLog log = fixture.builder(folder).open()) {
      for (int i = 1; i <= 5; i++) {
        log.record(AuditFixture.entry(i));
      }
      List<AuditRecord> records = log.reader().query(AuditQuery.all()).records();
      assertThat(records).extracting(AuditRecord::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
      for (int i = 1; i < 5; i++) {
        assertThat(records.get(i).previous()).isEqualTo(records.get(i - 1).hash());
      }
    }
  }

  @Test
  void whenManyThreadsRecord_thenEachReceiptIsItsOwnAndNoneIsMissing() throws Exception {
    int threads = 8;
    int each = 200;
    CyclicBarrier start = new CyclicBarrier(threads);
    Set<Long> sequences = java.util.concurrent.ConcurrentHashMap.newKeySet();
    List<Thread> all = new ArrayList<>();
    try (AuditLog log = fixture
        .builder(folder)
        .queueRecords(16)
        .maxWait(Duration.ofMinutes(1))
        .fileBytes(50_000)
        .open()) {
      for (int t = 0; t < threads; t++) {
        Thread thread = new Thread(() -> {
          try {
            start.await();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          for (int i = 0; i < each; i++) {
            log.append(AuditFixture.entry(i))
                .thenAccept(receipt -> sequences.add(receipt.sequence()));
          }
        });
        all.add(thread);
        thread.start();
      }
      for (Thread thread : all) {
        thread.join();
      }
    }
    assertThat(sequences).hasSize(threads * each).contains(1L, (long) threads * each);
    AuditReport report = fixture.verify(folder);
    assertThat(report.clean()).isTrue();
    assertThat(report.last()).isEqualTo(threads * each);
    assertThat(report.checkpoints()).isEqualTo(2);
  }

  @Test
  void whenAFileIsFull_thenANewOneGoesOnAndQueriesFindBoth() {
    try (AuditLog log = fixture.builder(folder).fileBytes(1000).open()) {
      for (int i = 1; i <= 12; i++) {
        log.record(AuditFixture.entry(i));
      }
      assertThat(log.reader().query(AuditQuery.all()).records()).hasSize(12);
      assertThat(log.reader().record(12).entry().resource().text()).isEqualTo("order/12");
    }
    assertThat(files()).isGreaterThan(3);
    assertThat(fixture.verify(folder).clean()).isTrue();
  }

  private int files() {
    try {
      return SegmentFiles.list(folder).size();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whenAFileIsOldEnough_thenTheNextRecordBeginsANewOne() {
    try (AuditLog log = fixture.builder(folder).fileAge(Duration.ofHours(1)).open()) {
      log.record(AuditFixture.entry(1));
      fixture.pass(Duration.ofHours(1).minusNanos(1));
      log.record(AuditFixture.entry(2));
      assertThat(files()).isEqualTo(1);
      fixture.pass(Duration.ofNanos(1));
      log.record(AuditFixture.entry(3));
      assertThat(files()).isEqualTo(2);
    }
  }

  @Test
  void whenEnoughRecordsCame_thenACheckpointIsMadeAndTheLastOneAtTheEnd() {
    try (AuditLog log = fixture.builder(folder).checkpointRecords(10).open()) {
      List<CompletableFuture<AuditReceipt>> all = new ArrayList<>();
      for (int i = 1; i <= 25; i++) {
        all.add(log.append(AuditFixture.entry(i)).toCompletableFuture());
      }
      all.forEach(CompletableFuture::join);
    }
    assertThat(fixture.checkpoints)
        .extracting(AuditCheckpoint::size)
        .containsExactly(10L, 20L, 25L);
    assertThat(fixture.checkpoints).extracting(AuditCheckpoint::keyId).containsOnly("k1");
    AuditReport report = fixture.verify(folder);
    assertThat(report.checkpoints()).isEqualTo(3);
    assertThat(report.agreed()).isEqualTo(3);
    assertThat(report.root()).isEqualTo(fixture.checkpoints.get(2).root());
  }

  @Test
  void whenEnoughTimePassed_thenTheNextRecordBringsACheckpoint() {
    CountDownLatch kept = new CountDownLatch(1);
    try (AuditLog log = AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            checkpoint -> {
              fixture.checkpoints.add(checkpoint);
              kept.countDown();
            },
            fixture.clock,
            fixture.ticker::get,
            fixture.random)
        .checkpointAge(Duration.ofSeconds(2))
        .open()) {
      log.record(AuditFixture.entry(1));
      fixture.pass(Duration.ofSeconds(2).minusNanos(1));
      log.record(AuditFixture.entry(2));
      assertThat(log.lastCheckpoint()).isEmpty();
      fixture.pass(Duration.ofNanos(1));
      log.record(AuditFixture.entry(3));
      kept.await();
      assertThat(fixture.checkpoints.get(0).size()).isBetween(2L, 3L);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whenARecordIsProved_thenTheProofHoldsAgainstTheCheckpoint() {
    try (AuditLog log =
        fixture.builder(folder).fileBytes(2000).checkpointRecords(10).open()) {
      for (int i = 1; i <= 23; i++) {
        log.record(AuditFixture.entry(i));
      }
    }
    AuditCheckpoint first = fixture.checkpoints.get(0);
    AuditCheckpoint last = fixture.checkpoints.get(2);
    AuditReader reader = AuditReader.of(folder);
    for (long sequence : new long[] {1, 7, 16, 23}) {
      InclusionProof proof = reader.proveInclusion(sequence, last.size());
      assertThat(MerkleProofs.verifies(proof, reader.record(sequence).hash(), last.root()))
          .isTrue();
    }
    ConsistencyProof grown = reader.proveConsistency(first.size(), last.size());
    assertThat(MerkleProofs.verifies(grown, first.root(), last.root())).isTrue();
    assertThat(MerkleProofs.verifies(reader.proveConsistency(23, 23), last.root(), last.root()))
        .isTrue();
    assertThat(reader.proveConsistency(0, 23).oldSize()).isZero();
    refused(ErrorCode.DATA_NOT_FOUND, () -> reader.proveInclusion(24, 24));
    refused(ErrorCode.DATA_NOT_FOUND, () -> reader.proveInclusion(0, 5));
    refused(ErrorCode.DATA_NOT_FOUND, () -> reader.proveInclusion(6, 5));
    refused(ErrorCode.DATA_NOT_FOUND, () -> reader.proveConsistency(1, 24));
    refused(ErrorCode.INVALID_ARGUMENT, () -> reader.proveConsistency(3, 2));
    refused(ErrorCode.INVALID_ARGUMENT, () -> reader.proveConsistency(-1, 2));
  }

  @Test
  void whenAnAnswerHas16MiCharacters_thenItEndsThereAndSaysWhereToGoOn() {
    String third = "a".repeat(10_000);
    AuditEntry large = AuditEntry.builder(third, "order.place", third, AuditOutcome.NOTICE)
        .attribute("note", third)
        .build();
    try (AuditLog log = fixture.builder(folder).open()) {
      assertThat(large.identity().state()).isEqualTo(AuditField.State.WHOLE);
      for (int i = 1; i <= 561; i++) {
        log.record(large);
      }
      AuditPage page = log.reader().query(AuditQuery.all().withLimit(1_000));
      assertThat(page.records().size()).isEqualTo(560);
      assertThat(page.next()).hasValue(561);
      assertThat(log.reader().query(AuditQuery.all().withFirst(561)).records().size())
          .isEqualTo(1);
    }
  }

  @Test
  void whenAskedByIdentityResourceTimeOrCall_thenOnlyThoseAreFound() {
    try (AuditLog log = fixture.builder(folder).fileBytes(1000).open()) {
      for (int i = 1; i <= 9; i++) {
        log.record(AuditFixture.entry(i));
        fixture.clock.advance(Duration.ofMinutes(1));
      }
      AuditReader reader = log.reader();
      assertThat(sequences(reader, AuditQuery.all().withIdentity("user-1")))
          .containsExactly(1L, 4L, 7L);
      assertThat(sequences(reader, AuditQuery.all().withResource("order/5"))).containsExactly(5L);
      assertThat(sequences(reader, AuditQuery.all().withCorrelationId("call-6")))
          .containsExactly(6L);
      assertThat(sequences(reader, AuditQuery.all().withAction("order.place"))).hasSize(9);
      assertThat(sequences(reader, AuditQuery.all().withAction("other"))).isEmpty();
      Instant start = Instant.parse("2026-01-05T01:32:00Z");
      assertThat(sequences(reader, AuditQuery.all().withTimes(start, start.plusSeconds(120))))
          .containsExactly(3L, 4L);
      AuditPage page = reader.query(AuditQuery.all().withFirst(2).withLimit(3));
      assertThat(page.records()).extracting(AuditRecord::sequence).containsExactly(2L, 3L, 4L);
      assertThat(page.next()).hasValue(5);
      assertThat(reader.query(AuditQuery.all()).next()).isEmpty();
      refused(ErrorCode.DATA_NOT_FOUND, () -> reader.record(10));
      refused(ErrorCode.DATA_NOT_FOUND, () -> reader.record(0));
    }
  }

  private static List<Long> sequences(AuditReader reader, AuditQuery query) {
    return reader.query(query).records().stream().map(AuditRecord::sequence).toList();
  }

  @Test
  void whenAFieldIsErased_thenItsTextIsGoneAndEveryProofStays() throws Exception {
    try (AuditLog log = fixture
        .builder(folder)
        .erasable(name -> !name.equals("attributes.symbol"))
        .open()) {
      log.record(AuditFixture.entry(1));
      log.record(AuditEntry.builder("4403011990", "login", "desk/canary", AuditOutcome.SUCCEEDED)
          .attribute("phone", "13800138000")
          .attribute("symbol", "600519.SH")
          .build());
      AuditHash before = log.reader().record(2).hash();

      log.erase(2, Set.of("identity", "attributes.phone", "resource"), "officer", "request 9");

      AuditRecord record = log.reader().record(2);
      assertThat(record.hash()).isEqualTo(before);
      assertThat(record.entry().identity().state()).isEqualTo(AuditField.State.ERASED);
      assertThat(record.entry().attributes().get("phone")).isEqualTo(AuditField.ERASED);
      assertThat(record.entry().attributes().get("symbol").text()).isEqualTo("600519.SH");
      assertThat(sequences(log.reader(), AuditQuery.all().withIdentity("4403011990")))
          .isEmpty();
      assertThat(sequences(log.reader(), AuditQuery.all().withIdentity(""))).isEmpty();
      List<AuditRecord> own =
          log.reader().query(AuditQuery.all().withAction("audit.erase")).records();
      assertThat(own)
          .extracting(one -> one.entry().outcome())
          .containsExactly(AuditOutcome.INTENT, AuditOutcome.SUCCEEDED);
      assertThat(own.get(0).entry().identity().text()).isEqualTo("officer");
      assertThat(own.get(0).entry().attributes().get("reason").text()).isEqualTo("request 9");
      assertThat(AuditJson.line(record)).contains("\"identity\":{\"erased\":true}");

      refused(
          ErrorCode.INVALID_ARGUMENT, () -> log.erase(2, Set.of("attributes.symbol"), "o", "r"));
      refused(ErrorCode.INVALID_ARGUMENT, () -> log.erase(2, Set.of("action"), "o", "r"));
      refused(ErrorCode.INVALID_ARGUMENT, () -> log.erase(2, Set.of(), "o", "r"));
      refused(ErrorCode.INVALID_ARGUMENT, () -> log.erase(0, Set.of("identity"), "o", "r"));
      refused(ErrorCode.INVALID_ARGUMENT, () -> log.erase(5, Set.of("identity"), "o", "r"));
      assertThat(log.durable()).isEqualTo(4);
    }
    assertThat(fixture.verify(folder).finding()).isEmpty();
    String raw = new String(bytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(raw).doesNotContain("13800138000", "4403011990", "canary").contains("600519.SH");
  }

  private byte[] bytes() throws java.io.IOException {
    try (var channel = java.nio.channels.FileChannel.open(SegmentFiles.file(folder, 1))) {
      var buffer = java.nio.ByteBuffer.allocate((int) channel.size());
      channel.read(buffer, 0);
      return buffer.array();
    }
  }

  @Test
  void whenTheActionIsTheLogsOwn_thenItIsRefused() {
    try (AuditLog log = fixture.builder(folder).open()) {
      AuditEntry own = AuditEntry.builder("u", "audit.erase", "record/1", AuditOutcome.NOTICE)
          .build();
      refused(ErrorCode.INVALID_ARGUMENT, () -> log.record(own));
      log.record(AuditEntry.builder("u", "auditing", "r", AuditOutcome.NOTICE).build());
      assertThat(log.durable()).isEqualTo(1);
    }
  }

  @Test
  void whenTheFolderIsInUse_thenASecondLogIsNotOpened(@TempDir Path real) {
    for (Path each : List.of(folder, real)) {
      try (AuditLog first = fixture.builder(each).open()) {
        refused(ErrorCode.AUDIT_UNAVAILABLE, () -> fixture.builder(each).open());
        first.record(AuditFixture.entry(1));
      }
      fixture.builder(each).open().close();
    }
  }

  @Test
  void whenItIsClosed_thenItRefusesAndClosingAgainIsNothing() {
    AuditLog log = fixture.builder(folder).open();
    log.record(AuditFixture.entry(1));
    log.close();
    log.close();
    assertThat(log.state()).isEqualTo(AuditState.CLOSED);
    refused(ErrorCode.AUDIT_UNAVAILABLE, () -> log.record(AuditFixture.entry(2)));
    assertThat(fixture.checkpoints).hasSize(1);
    assertThat(log.lastCheckpoint()).contains(fixture.checkpoints.get(0));
  }

  @Test
  void whenTheClockFailsOrSaysNothing_thenTheRecordIsRefused() {
    AtomicInteger mode = new AtomicInteger();
    Clock clock = new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneId.of("UTC");
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        if (mode.get() == 1) {
          throw QilinException.invalid("no time");
        }
        return mode.get() == 2 ? null : Instant.EPOCH;
      }
    };
    try (AuditLog log = AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            fixture.checkpoints::add,
            clock,
            fixture.ticker::get,
            fixture.random)
        .open()) {
      for (int each : new int[] {1, 2}) {
        mode.set(each);
        refused(ErrorCode.AUDIT_UNAVAILABLE, () -> log.record(AuditFixture.entry(1)));
      }
      mode.set(0);
      log.record(AuditFixture.entry(1));
      assertThat(log.durable()).isEqualTo(1);
    }
  }

  @Test
  void whenThePolicyOfErasableFieldsFails_thenTheRecordIsRefused() {
    try (AuditLog log = fixture
        .builder(folder)
        .erasable(name -> {
          throw QilinException.invalid("broken");
        })
        .open()) {
      refused(ErrorCode.AUDIT_UNAVAILABLE, () -> log.record(AuditFixture.entry(1)));
      assertThat(log.durable()).isZero();
    }
  }

  @Test
  void whenTheSignerFails_thenItIsToldOnceAndTheLogRefusesInTheEnd() {
    AtomicBoolean broken = new AtomicBoolean(true);
    CheckpointSigner signer = new CheckpointSigner() {
      @Override
      public String keyId() {
        return "k1";
      }

      @Override
      public byte[] sign(byte[] message) {
        return broken.get() ? null : AuditFixture.SIGNER.sign(message);
      }
    };
    try (AuditLog log = AuditLog.builder(
            folder,
            signer,
            fixture.checkpoints::add,
            fixture.clock,
            fixture.ticker::get,
            fixture.random)
        .checkpointRecords(2)
        .alerts(fixture.alerts::add)
        .open()) {
      for (int i = 1; i <= 20; i++) {
        log.record(AuditFixture.entry(i));
      }
      assertThatThrownBy(() -> log.record(AuditFixture.entry(21)))
          .hasMessageStartingWith("QILIN-6010 no checkpoint over the last 20 records");
      assertThat(fixture.alerts).hasSize(1);
      assertThat(fixture.checkpoints).isEmpty();
      assertThat(log.state()).isEqualTo(AuditState.OPEN);

      broken.set(false);
      log.record(AuditFixture.entry(21));
      assertThat(fixture.checkpoints).extracting(AuditCheckpoint::size).startsWith(20L);
    }
    assertThat(fixture.verify(folder).clean()).isTrue();
  }

  @Test
  void whenTheSinkHangs_thenCallersAreRefusedInTimeAndClosingEnds() throws InterruptedException {
    CountDownLatch hangs = new CountDownLatch(1);
    AuditLog log = AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            checkpoint -> {
              try {
                hangs.await();
              } catch (InterruptedException e) {
                throw QilinException.invalid("interrupted");
              }
            },
            fixture.clock,
            fixture.ticker::get,
            fixture.random)
        .checkpointRecords(1)
        .queueRecords(1)
        .maxWait(Duration.ofMillis(40))
        .open();
    log.append(AuditFixture.entry(1)).toCompletableFuture().join();
    int taken = 0;
    for (int i = 0; i < 3; i++) {
      try {
        log.append(AuditFixture.entry(2));
        taken++;
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
      }
    }
    assertThat(taken).isEqualTo(1);
    refused(ErrorCode.AUDIT_UNAVAILABLE, () -> log.record(AuditFixture.entry(3)));
    AuditFixture.end(log);
    assertThat(log.state()).isEqualTo(AuditState.FAILED);
    fixture.builder(folder).open().close();
    hangs.countDown();
  }

  @Test
  void whenTheTickerFails_thenRecordsAreRefusedUntilItWorks() {
    AtomicBoolean broken = new AtomicBoolean();
    try (AuditLog log = AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            fixture.checkpoints::add,
            fixture.clock,
            () -> {
              if (broken.get()) {
                throw new AuditFixture.Broken();
              }
              return 0;
            },
            fixture.random)
        .open()) {
      log.record(AuditFixture.entry(1));
      broken.set(true);
      assertThatThrownBy(() -> log.record(AuditFixture.entry(2)))
          .hasMessageStartingWith("QILIN-6010 it was not recorded: the audit log is READ_ONLY");
      assertThat(log.state()).isEqualTo(AuditState.READ_ONLY);
      broken.set(false);
      log.record(AuditFixture.entry(3));
      assertThat(log.state()).isEqualTo(AuditState.OPEN);
      assertThat(log.durable()).isEqualTo(2);
    }
    assertThat(fixture.verify(folder).clean()).isTrue();
  }

  @Test
  void whenTheTickerFailsAtOnce_thenTheLogIsNotOpened() {
    refused(
        ErrorCode.AUDIT_UNAVAILABLE,
        () -> AuditLog.builder(
                folder,
                AuditFixture.SIGNER,
                fixture.checkpoints::add,
                fixture.clock,
                () -> {
                  throw new AuditFixture.Broken();
                },
                fixture.random)
            .open());
    fixture.builder(folder).open().close();
  }

  @Test
  void whenTheCallerIsInterrupted_thenItIsRefusedAndTheFlagStays() {
    try (AuditLog log = fixture.builder(folder).open()) {
      Thread.currentThread().interrupt();
      refused(ErrorCode.AUDIT_UNAVAILABLE, () -> log.record(AuditFixture.entry(1)));
      assertThat(Thread.interrupted()).isTrue();
      log.record(AuditFixture.entry(2));
    }
    assertThat(fixture.verify(folder).clean()).isTrue();
  }

  @Test
  void whenSettingsAreOutOfBounds_thenTheyAreRefused() {
    AuditLog.Builder builder = fixture.builder(folder);
    refused(ErrorCode.INVALID_CONFIGURATION, () -> builder.queueRecords(0));
    refused(ErrorCode.INVALID_CONFIGURATION, () -> builder.fileBytes(0));
    refused(ErrorCode.INVALID_CONFIGURATION, () -> builder.checkpointRecords(0));
    refused(ErrorCode.INVALID_CONFIGURATION, () -> builder.startsAt(0));
    refused(ErrorCode.INVALID_CONFIGURATION, () -> builder.maxWait(Duration.ZERO));
    refused(ErrorCode.INVALID_CONFIGURATION, () -> builder.fileAge(Duration.ofSeconds(-1)));
    refused(ErrorCode.INVALID_CONFIGURATION, () -> builder.checkpointAge(Duration.ofDays(36_501)));
  }
}
