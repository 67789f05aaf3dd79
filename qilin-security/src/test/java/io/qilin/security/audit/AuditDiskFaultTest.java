package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.fault.DiskFault;
import io.qilin.testkit.fault.FaultDisk;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenario F5: the k-th operation of the disk fails, once or from then on. */
@Tag("fault")
@Tag("F5")
class AuditDiskFaultTest {
  private static final int RECORDS = 24;

  @Test
  void whenTheKthOperationFails_thenNoAcknowledgedRecordIsLostAndTheLogGoesOn() {
    FaultRun run = FaultRun.of("F5", 24);
    Random random = run.random();
    List<int[]> cases = cases();
    java.util.Collections.shuffle(cases, random);
    List<String> faults = new ArrayList<>();
    Map<String, Integer> figures = new TreeMap<>();
    int n = Math.min(run.n(), cases.size());
    for (int[] one : cases.subList(0, n)) {
      DiskFault how = DiskFault.values()[one[1]];
      boolean forever = one[2] == 1;
      try {
        figures.merge(once(one[0], how, forever, random), 1, Integer::sum);
      } catch (AssertionError | QilinException e) {
        faults.add(how + (forever ? " from " : " at ") + one[0] + ": " + e.getMessage());
      }
    }
    figures.put("cases", n);
    System.out.println(run.report(faults.size(), figures));
    assertThat(faults).isEmpty();
    assertThat(figures).containsKeys("readOnly", "unharmed");
  }

  /** Every operation of a run without faults, every fault, once and for ever. */
  private static List<int[]> cases() {
    FaultDisk disk = FaultDisk.empty();
    work(disk, new AuditFixture(), new ArrayList<>());
    List<int[]> cases = new ArrayList<>();
    for (int k = 1; k <= disk.operations(); k++) {
      for (DiskFault how : DiskFault.values()) {
        cases.add(new int[] {k, how.ordinal(), 0});
        cases.add(new int[] {k, how.ordinal(), 1});
      }
    }
    return cases;
  }

  private static AuditLog open(FaultDisk disk, AuditFixture fixture) {
    return fixture
        .builder(disk.path("/audit"))
        .maxWait(Duration.ofSeconds(10))
        .fileBytes(3000)
        .checkpointRecords(5)
        .open();
  }

  /** Records until the end or until it cannot be opened; how it was at the worst. */
  private static String work(FaultDisk disk, AuditFixture fixture, List<AuditReceipt> acks) {
    String worst = "unharmed";
    AuditLog log;
    try {
      log = open(disk, fixture);
    } catch (QilinException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
      return "notOpened";
    }
    try (log) {
      for (int i = 0; i < RECORDS; i++) {
        worst = worse(worst, append(log, i, acks));
      }
      disk.heal();
      String after = append(log, RECORDS, acks);
      boolean dead = log.state() == AuditState.FAILED;
      assertThat(after).as("after healing").isEqualTo(dead ? "failed" : "unharmed");
    }
    return worst;
  }

  private static String worse(String one, String other) {
    return List.of("unharmed", "readOnly", "failed").indexOf(one)
            > List.of("unharmed", "readOnly", "failed").indexOf(other)
        ? one
        : other;
  }

  private static String append(AuditLog log, int i, List<AuditReceipt> acks) {
    try {
      acks.add(log.append(AuditFixture.entry(i)).toCompletableFuture().join());
      return "unharmed";
    } catch (java.util.concurrent.CompletionException e) {
      assertThat(((QilinException) e.getCause()).code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
    } catch (QilinException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
    }
    return log.state() == AuditState.FAILED ? "failed" : "readOnly";
  }

  private static String once(int k, DiskFault how, boolean forever, Random random) {
    FaultDisk disk = FaultDisk.empty();
    AuditFixture fixture = new AuditFixture();
    List<AuditReceipt> acks = new ArrayList<>();
    disk.failAt(k, how, forever);
    String worst = work(disk, fixture, acks);
    disk.heal();
    check(disk, fixture, acks);
    // What a force that failed left unwritten must have been written again when the log was opened.
    check(disk.powerLost(disk.moment(), new Random(random.nextLong())), fixture, acks);
    return worst;
  }

  private static void check(FaultDisk disk, AuditFixture fixture, List<AuditReceipt> acks) {
    try (AuditLog log = open(disk, fixture)) {
      List<AuditRecord> records = log.reader().query(AuditQuery.all()).records();
      for (AuditReceipt ack : acks) {
        assertThat(records).hasSizeGreaterThanOrEqualTo((int) ack.sequence());
        assertThat(records.get((int) ack.sequence() - 1).hash()).isEqualTo(ack.hash());
      }
      log.record(AuditFixture.entry(77));
    }
    assertThat(fixture.verify(disk.path("/audit")).finding()).isEmpty();
  }

  @Test
  void whenAWriterSwallowsTheError_thenTheScenarioSeesItsRecordLost() throws IOException {
    FaultDisk disk = FaultDisk.empty();
    Path file = disk.path("/naive");
    disk.failAt(5, DiskFault.IO_ERROR, false);
    int acknowledged = 0;
    long size;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < 10; i++) {
        swallowing(channel, i);
        acknowledged++;
      }
      size = channel.size();
    }
    assertThat(size).isLessThan(acknowledged);
  }

  private static void swallowing(FileChannel channel, int value) {
    try {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) value}));
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("error");
    }
  }

  @Test
  void whenTheDiskIsFull_thenTheLogSaysSoAndGoesOnWhenThereIsRoom() {
    FaultDisk disk = FaultDisk.empty();
    AuditFixture fixture = new AuditFixture();
    try (AuditLog log = fixture.builder(disk.path("/audit")).open()) {
      log.record(AuditFixture.entry(1));
      disk.capacity(1000);
      List<AuditReceipt> acks = new ArrayList<>();
      String how = "unharmed";
      for (int i = 0; i < 5; i++) {
        how = append(log, i, acks);
      }
      assertThat(how).isEqualTo("readOnly");
      assertThat(log.state()).isEqualTo(AuditState.READ_ONLY);
      assertThat(log.reader().record(1).entry().resource().text()).isEqualTo("order/1");
      long before = log.durable();

      disk.capacity(100_000);
      log.record(AuditFixture.entry(7));

      assertThat(log.state()).isEqualTo(AuditState.OPEN);
      assertThat(log.durable()).isEqualTo(before + 1);
      assertThat(fixture.alerts)
          .hasSize(2)
          .allSatisfy(alert -> assertThat(alert.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE));
    }
    assertThat(fixture.verify(disk.path("/audit")).clean()).isTrue();
  }

  @Test
  void whenForcingFails_thenTheLogFailsForGoodAndASecondForceIsNotTried() {
    FaultDisk disk = FaultDisk.empty();
    AuditFixture fixture = new AuditFixture();
    try (AuditLog log = fixture.builder(disk.path("/audit")).open()) {
      log.record(AuditFixture.entry(1));
      disk.failAt(disk.operations() + 1, DiskFault.FAILED_FORCE, true);
      List<AuditReceipt> acks = new ArrayList<>();
      assertThat(append(log, 2, acks)).isEqualTo("failed");
      disk.heal();
      long operations = disk.operations();
      assertThat(append(log, 3, acks)).isEqualTo("failed");
      assertThat(disk.operations()).isEqualTo(operations);
      assertThat(log.durable()).isEqualTo(1);
    }
    assertThat(fixture.alerts).hasSize(1);
  }

  /** What a torn write left at the end of a file is gone for good before the next file begins. */
  @Test
  void whenAFileIsLeftAfterATornWrite_thenItEndsWithItsLastWholeRecord() {
    FaultDisk disk = FaultDisk.empty();
    AuditFixture fixture = new AuditFixture();
    try (AuditLog log = fixture
        .builder(disk.path("/audit"))
        .fileAge(Duration.ofHours(1))
        .checkpointAge(Duration.ofDays(1))
        .open()) {
      log.record(AuditFixture.entry(1));
      disk.failAt(disk.operations() + 1, DiskFault.TORN_WRITE, false);
      assertThat(append(log, 2, new ArrayList<>())).isEqualTo("readOnly");
      fixture.pass(Duration.ofHours(1));
      log.record(AuditFixture.entry(3));
      assertThat(fixture.verify(disk.path("/audit")).finding()).isEmpty();
      for (int seed = 0; seed < 16; seed++) {
        FaultDisk after = disk.powerLost(disk.moment(), new Random(seed));
        assertThat(fixture.verify(after.path("/audit")).last()).isEqualTo(2);
        new AuditFixture().builder(after.path("/audit")).open().close();
      }
    }
  }
}
