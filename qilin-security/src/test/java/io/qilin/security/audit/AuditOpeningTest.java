package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.fault.DiskFault;
import io.qilin.testkit.fault.FaultDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How a log is opened again: after a clean end, a crash, or a change by another. */
class AuditOpeningTest {
  private final FaultDisk disk = FaultDisk.empty();
  private final Path folder = disk.path("/audit");
  private final AuditFixture fixture = new AuditFixture();

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private void records(int from, int to) {
    try (AuditLog log = fixture.builder(folder).open()) {
      for (int i = from; i <= to; i++) {
        log.record(AuditFixture.entry(i));
      }
    }
  }

  private long size() throws IOException {
    return Files.size(SegmentFiles.file(folder, 1));
  }

  private void cutTo(long size) throws IOException {
    try (FileChannel channel =
        FileChannel.open(SegmentFiles.file(folder, 1), StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private void write(long at, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(SegmentFiles.file(folder, 1), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), at);
    }
  }

  private byte[] read(long at, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(SegmentFiles.file(folder, 1))) {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      channel.read(bytes, at);
      return bytes.array();
    }
  }

  @Test
  void whenTheEndWasClean_thenTheChainGoesOn() {
    records(1, 3);
    records(4, 6);
    try (AuditLog log = fixture.builder(folder).open()) {
      assertThat(log.recovery()).isEqualTo(new AuditRecovery(6, 0, List.of(), 0));
      assertThat(log.durable()).isEqualTo(6);
    }
    assertThat(fixture.verify(folder).last()).isEqualTo(6);
    assertThat(fixture.verify(folder).clean()).isTrue();
  }

  @Test
  void whenTheTailIsTorn_thenItIsCutAndReportedAndTheNextRecordGoesOn() throws IOException {
    records(1, 3);
    long whole = size();
    write(whole, new byte[] {1, 2, 3, 4, 5});
    try (AuditLog log = fixture.builder(folder).expected(last()).open()) {
      assertThat(log.recovery()).isEqualTo(new AuditRecovery(3, 5, List.of(), 0));
      assertThat(log.append(AuditFixture.entry(4)).toCompletableFuture().join().sequence())
          .isEqualTo(4);
    }
    assertThat(fixture.verify(folder).clean()).isTrue();
  }

  private AuditCheckpoint last() {
    return fixture.checkpoints.get(fixture.checkpoints.size() - 1);
  }

  @Test
  void whenAcknowledgedRecordsWereCut_thenTheCheckpointShowsIt() throws IOException {
    records(1, 3);
    AuditCheckpoint kept = last();
    cutTo(size() - 500);
    refused(
        ErrorCode.AUDIT_TAMPERED, () -> fixture.builder(folder).expected(kept).open());
    assertThat(fixture.verify(folder).finding().orElseThrow().sequence()).isLessThanOrEqualTo(3);
  }

  @Test
  void whenADamagedRecordWasOnTheDisk_thenTheLogIsNotOpenedAndNotChanged() throws IOException {
    records(1, 6);
    long place = size() / 2;
    byte[] was = read(place, 1);
    write(place, new byte[] {(byte) (was[0] ^ 1)});
    long size = size();
    refused(ErrorCode.AUDIT_TAMPERED, () -> fixture.builder(folder).open());
    assertThat(size()).isEqualTo(size);
    write(place, was);
    fixture.builder(folder).open().close();
  }

  /** Without a checkpoint behind, the records themselves tell that those before them were on the disk. */
  @Test
  void whenADamagedRecordHasOnlyRecordsBehind_thenTheLogIsNotOpenedEither() throws IOException {
    records(1, 6);
    long records = size() - (16 + 1 + 1 + last().toString().length());
    cutTo(records);
    fixture.builder(folder).open().close();
    cutTo(records);
    long place = records / 3;
    write(place, new byte[] {(byte) (read(place, 1)[0] ^ 1)});

    refused(ErrorCode.AUDIT_TAMPERED, () -> fixture.builder(folder).open());
    assertThat(size()).isEqualTo(records);
  }

  @Test
  void whenTwoLogsAreMade_thenTheirCheckpointsTellThemApart() {
    records(1, 1);
    AuditFixture other = new AuditFixture();
    try (AuditLog log = other.builder(disk.path("/other")).open()) {
      log.record(AuditFixture.entry(1));
    }
    assertThat(last().logId())
        .isNotEqualTo(other.checkpoints.get(0).logId())
        .isNotEqualTo("0".repeat(32));
  }

  @Test
  void whenAnyByteBeforeTheLastCheckpointIsChanged_thenTheLogIsNotOpened() throws IOException {
    records(1, 4);
    int size = (int) size();
    int last = 16 + 1 + 1 + last().toString().length();
    for (int at = 0; at < size - last; at += 23) {
      byte[] was = read(at, 1);
      write(at, new byte[] {(byte) (was[0] ^ 0x10)});
      refused(ErrorCode.AUDIT_TAMPERED, () -> fixture.builder(folder).open());
      write(at, was);
    }
    fixture.builder(folder).expected(last()).open().close();
  }

  @Test
  void whenTheLogIsNotThatOfTheCheckpoint_thenItIsNotOpened() throws IOException {
    records(1, 3);
    AuditCheckpoint kept = last();
    AuditFixture other = new AuditFixture();
    try (AuditLog log = other.builder(disk.path("/other")).open()) {
      for (int i = 1; i <= 5; i++) {
        log.record(AuditFixture.entry(i));
      }
    }
    refused(
        ErrorCode.AUDIT_TAMPERED,
        () -> fixture.builder(disk.path("/other")).expected(kept).open());
    refused(
        ErrorCode.AUDIT_TAMPERED,
        () -> fixture.builder(disk.path("/none")).expected(kept).open());
    fixture.builder(folder).expected(kept).open().close();
  }

  @Test
  void whenAFileIsMissingOrMoved_thenItIsNamed() throws IOException {
    try (AuditLog log = fixture.builder(folder).fileBytes(1000).open()) {
      for (int i = 1; i <= 12; i++) {
        log.record(AuditFixture.entry(i));
      }
    }
    List<Long> firsts = List.copyOf(SegmentFiles.list(folder).keySet());
    assertThat(firsts).hasSizeGreaterThan(3);
    long second = firsts.get(1);
    long third = firsts.get(2);
    Files.move(SegmentFiles.file(folder, second), folder.resolve("kept"));
    AuditFinding finding = fixture.verify(folder).finding().orElseThrow();
    assertThat(finding.sequence()).isEqualTo(second);
    assertThat(finding.problem()).isEqualTo(AuditFinding.Problem.WRONG_FILE);
    refused(ErrorCode.AUDIT_TAMPERED, () -> fixture.builder(folder).open());

    Files.move(SegmentFiles.file(folder, third), SegmentFiles.file(folder, second));
    assertThat(fixture.verify(folder).finding().orElseThrow().sequence()).isEqualTo(second);
    Files.move(SegmentFiles.file(folder, second), SegmentFiles.file(folder, third));
    Files.move(folder.resolve("kept"), SegmentFiles.file(folder, second));
    assertThat(fixture.verify(folder).clean()).isTrue();
  }

  @Test
  void whenOldFilesWereMovedAway_thenTheLogGoesOnWhereItIsToldToBegin() throws IOException {
    try (AuditLog log = fixture.builder(folder).fileBytes(1000).open()) {
      for (int i = 1; i <= 12; i++) {
        log.record(AuditFixture.entry(i));
      }
    }
    long second = List.copyOf(SegmentFiles.list(folder).keySet()).get(1);
    Files.delete(SegmentFiles.file(folder, 1));
    refused(ErrorCode.AUDIT_TAMPERED, () -> fixture.builder(folder).open());
    refused(
        ErrorCode.AUDIT_TAMPERED,
        () -> fixture.builder(folder).startsAt(second + 1).open());
    try (AuditLog log =
        fixture.builder(folder).startsAt(second).expected(last()).open()) {
      log.record(AuditFixture.entry(13));
      assertThat(log.reader().query(AuditQuery.all()).records().get(0).sequence())
          .isEqualTo(second);
      refused(ErrorCode.DATA_NOT_FOUND, () -> log.reader().proveInclusion(second, 12));
    }
    AuditReport report = fixture
        .verifier()
        .withCheckpoints(fixture.checkpoints)
        .withStart(second)
        .verify(folder);
    assertThat(report.finding()).isEmpty();
    assertThat(report.first()).isEqualTo(second);
    assertThat(report.last()).isEqualTo(13);
    refused(ErrorCode.INVALID_ARGUMENT, () -> fixture.verifier().withStart(0));
  }

  @Test
  void whenIntentsHaveNoOutcome_thenTheyAreReported() {
    try (AuditLog log = fixture.builder(folder).open()) {
      log.record(AuditFixture.entry("u", AuditOutcome.INTENT, "a"));
      log.record(AuditFixture.entry("u", AuditOutcome.INTENT, "b"));
      log.record(AuditFixture.entry("u", AuditOutcome.INTENT, "c"));
      log.record(AuditFixture.entry("u", AuditOutcome.SUCCEEDED, "b"));
      log.record(AuditFixture.entry("u", AuditOutcome.NOTICE, "a"));
      log.record(AuditFixture.entry("u", AuditOutcome.INTENT, "a"));
      log.record(AuditFixture.entry("u", AuditOutcome.FAILED, "a"));
      log.record(AuditFixture.entry("u", AuditOutcome.DENIED, "unknown"));
    }
    try (AuditLog log = fixture.builder(folder).open()) {
      assertThat(log.recovery().unmatchedIntents()).containsExactly(3L, 6L);
    }
  }

  @Test
  void whenAnErasureIsInterruptedAnywhere_thenOpeningEndsIt() {
    int finished = 0;
    for (int k = 1; k <= 25; k++) {
      finished += interrupted(k);
    }
    assertThat(finished).isPositive();
  }

  /** Lets the disk fail from the k-th operation of an erasure on; how many erasures opening ended. */
  private static int interrupted(int k) {
    FaultDisk disk = FaultDisk.empty();
    Path folder = disk.path("/audit");
    AuditFixture fixture = new AuditFixture();
    AuditLog log = fixture.builder(folder).open();
    log.record(AuditFixture.entry(1));
    disk.failAt(disk.operations() + k, DiskFault.IO_ERROR, true);
    try (log) {
      log.erase(1, Set.of("attributes.note"), "officer", "request");
    } catch (QilinException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
    } finally {
      disk.heal();
    }
    int finished;
    try (AuditLog again = fixture.builder(folder).open()) {
      finished = again.recovery().finishedErasures();
      boolean intended = !again
          .reader()
          .query(AuditQuery.all().withAction("audit.erase"))
          .records()
          .isEmpty();
      assertThat(again.reader().record(1).entry().attributes().get("note").state())
          .isEqualTo(intended ? AuditField.State.ERASED : AuditField.State.WHOLE);
    }
    try (AuditLog again = fixture.builder(folder).open()) {
      assertThat(again.recovery().finishedErasures()).isZero();
      assertThat(again.recovery().unmatchedIntents()).isEmpty();
    }
    assertThat(fixture.verify(folder).finding()).isEmpty();
    return finished;
  }

  @Test
  void whenAFileWasNeverGivenItsName_thenItIsTakenAway() throws IOException {
    records(1, 2);
    Path unnamed = folder.resolve("audit-0000000000000000003.log.new");
    try (FileChannel channel =
        FileChannel.open(unnamed, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}));
    }
    fixture.builder(folder).open().close();
    assertThat(Files.exists(unnamed)).isFalse();
  }

  @Test
  void whenNothingIsForced_thenACleanEndIsStillDurable() {
    try (AuditLog log = fixture
        .builder(folder)
        .durability(Durability.NEVER_MAY_LOSE_THE_LAST_FILE)
        .open()) {
      log.record(AuditFixture.entry(1));
    }
    FaultDisk after = disk.powerLost(disk.moment(), new Random(1));
    AuditReport report = fixture.verify(after.path("/audit"));
    assertThat(report.finding()).isEmpty();
    assertThat(report.last()).isEqualTo(1);
  }

  @Test
  void whenItForcesEverySecond_thenACheckpointIsDurable() {
    try (AuditLog log = fixture
        .builder(folder)
        .durability(Durability.EVERY_SECOND_MAY_LOSE_THE_LAST_SECOND)
        .checkpointRecords(2)
        .open()) {
      long forced = disk.operations();
      log.record(AuditFixture.entry(1));
      assertThat(disk.operations()).isEqualTo(forced + 1);
      log.record(AuditFixture.entry(2));
    }
    assertThat(fixture.verify(folder).clean()).isTrue();
    assertThat(fixture.checkpoints).extracting(AuditCheckpoint::size).containsExactly(2L);
  }

  /** A force that failed leaves a record that can be read and may not be on the disk. */
  @Test
  void whenALogIsOpenedAfterAFailedForce_thenAllThatItTellsOfOutlastsAPowerCut() {
    AuditLog log = fixture.builder(folder).open();
    log.record(AuditFixture.entry(1));
    disk.failAt(disk.operations() + 1, DiskFault.FAILED_FORCE, true);
    refused(ErrorCode.AUDIT_UNAVAILABLE, () -> log.record(AuditFixture.entry(2)));
    log.close();
    disk.heal();

    AuditLog again = fixture.builder(folder).open();
    assertThat(again.recovery().size()).isEqualTo(2);
    int moment = disk.moment();
    again.close();
    for (int seed = 0; seed < 16; seed++) {
      FaultDisk after = disk.powerLost(moment, new Random(seed));
      try (AuditLog left = fixture.builder(after.path("/audit")).open()) {
        assertThat(left.recovery().size()).isEqualTo(2);
      }
    }
  }

  /** Each operation of a change to a new file is forced in vain once: what is recorded after the log was opened again stays. */
  @Test
  void whenANewFileWasForcedInVain_thenRecordsAfterOpeningAgainOutlastAPowerCut() {
    int failed = 0;
    for (int k = 1; k <= 10; k++) {
      FaultDisk fresh = FaultDisk.empty();
      AuditFixture each = new AuditFixture();
      try (AuditLog log = each.builder(fresh.path("/audit")).fileBytes(1).open()) {
        log.record(AuditFixture.entry(1));
        fresh.failAt(fresh.operations() + k, DiskFault.FAILED_FORCE, false);
        log.record(AuditFixture.entry(2));
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
        failed++;
      }
      fresh.heal();
      try (AuditLog log = each.builder(fresh.path("/audit")).open()) {
        AuditReceipt receipt =
            log.append(AuditFixture.entry(3)).toCompletableFuture().join();
        for (int seed = 0; seed < 16; seed++) {
          FaultDisk after = fresh.powerLost(fresh.moment(), new Random(seed));
          try (AuditLog left = new AuditFixture().builder(after.path("/audit")).open()) {
            assertThat(left.reader().record(receipt.sequence()).hash()).isEqualTo(receipt.hash());
          }
        }
      }
    }
    assertThat(failed).isGreaterThanOrEqualTo(2);
  }
}
