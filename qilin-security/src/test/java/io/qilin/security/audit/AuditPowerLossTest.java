package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import io.qilin.testkit.fault.FaultDisk;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenario F4: the power is cut at any moment, and what was not forced is lost or torn. */
@Tag("fault")
@Tag("F4")
class AuditPowerLossTest {
  private final FaultDisk disk = FaultDisk.empty();
  private final List<Ack> acks = new CopyOnWriteArrayList<>();
  private final List<Kept> kept = new CopyOnWriteArrayList<>();

  private record Ack(int moment, AuditReceipt receipt) {}

  private record Kept(int moment, AuditCheckpoint checkpoint) {}

  @Test
  void whenThePowerIsCutAtAnyMoment_thenEveryAcknowledgedRecordIsThere() {
    FaultRun run = FaultRun.of("F4", 40);
    Random random = run.random();
    work(Durability.EVERY_BATCH);
    long lost = 0;
    long cut = 0;
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < run.n(); i++) {
      int moment = random.nextInt(disk.moment() + 1);
      FaultDisk after = disk.powerLost(moment, new Random(random.nextLong()));
      try {
        cut += check(after, moment) ? 1 : 0;
      } catch (AssertionError | QilinException e) {
        lost++;
        faults.add("state " + i + ": " + e.getMessage());
      }
    }
    System.out.println(run.report(
        lost, Map.of("moments", disk.moment(), "acknowledged", acks.size(), "tornTails", cut)));
    assertThat(faults).isEmpty();
    if (run.n() >= 1000) {
      assertThat(cut).as("states with a torn tail").isPositive();
    }
  }

  @Test
  void whenNothingIsForced_thenTheScenarioSeesRecordsLost() {
    Random random = new Random(7);
    work(Durability.NEVER_MAY_LOSE_THE_LAST_FILE);
    int lost = 0;
    for (int i = 0; i < 12; i++) {
      int moment = random.nextInt(disk.moment() + 1);
      FaultDisk after = disk.powerLost(moment, new Random(random.nextLong()));
      try {
        check(after, moment);
      } catch (AssertionError | QilinException e) {
        lost++;
      }
    }
    assertThat(lost).isPositive();
  }

  @Test
  void whenAFileIsRenamedWithoutForcing_thenTheScenarioSeesItLost() throws IOException {
    Path file = disk.path("/state");
    List<Integer> moments = new ArrayList<>();
    for (byte version = 1; version <= 10; version++) {
      Path fresh = disk.path("/state.new");
      try (FileChannel channel =
          FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[] {version}), 0);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      moments.add(disk.moment());
    }
    int lost = 0;
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      int version = random.nextInt(10);
      FaultDisk after = disk.powerLost(moments.get(version), random);
      byte[] there = Files.exists(after.path("/state")) ? read(after.path("/state")) : new byte[0];
      lost += there.length == 1 && there[0] == version + 1 ? 0 : 1;
    }
    assertThat(lost).isPositive();
  }

  private static byte[] read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
      channel.read(bytes, 0);
      return bytes.array();
    }
  }

  /** Records one by one and in batches, over several files, with an erasure, and opens the log twice. */
  private void work(Durability durability) {
    for (int session = 0; session < 2; session++) {
      try (AuditLog log = log(disk, durability)) {
        for (int round = 0; round < 8; round++) {
          List<CompletionStage<Void>> batch = new ArrayList<>();
          for (int i = 0; i < 1 + round; i++) {
            batch.add(log.append(AuditFixture.entry(i))
                .thenAccept(receipt -> acks.add(new Ack(disk.moment(), receipt))));
          }
          batch.forEach(one -> one.toCompletableFuture().join());
        }
        log.erase(2, Set.of("attributes.note"), "officer", "request 7");
      }
    }
  }

  private AuditLog log(FaultDisk on, Durability durability) {
    AuditFixture fixture = new AuditFixture();
    return AuditLog.builder(
            on.path("/audit"),
            AuditFixture.SIGNER,
            checkpoint -> kept.add(new Kept(on.moment(), checkpoint)),
            fixture.clock,
            fixture.ticker::get,
            fixture.random)
        .durability(durability)
        .fileBytes(4000)
        .checkpointRecords(5)
        .open();
  }

  /** Opens what is left, goes on, and compares with what was acknowledged; whether something was cut off. */
  private boolean check(FaultDisk after, int moment) {
    List<AuditCheckpoint> before = kept.stream()
        .filter(one -> one.moment() <= moment)
        .map(Kept::checkpoint)
        .toList();
    AuditFixture fixture = new AuditFixture();
    AuditLog.Builder builder = fixture.builder(after.path("/audit"));
    if (!before.isEmpty()) {
      builder.expected(before.get(before.size() - 1));
    }
    boolean cut;
    try (AuditLog log = builder.open()) {
      cut = log.recovery().cutBytes() > 0;
      log.record(AuditFixture.entry(99));
      List<AuditRecord> records = log.reader().query(AuditQuery.all()).records();
      for (Ack ack : acks) {
        if (ack.moment() <= moment) {
          int index = (int) ack.receipt().sequence() - 1;
          assertThat(records).as("acknowledged record %d", index + 1).hasSizeGreaterThan(index);
          assertThat(records.get(index).hash()).isEqualTo(ack.receipt().hash());
        }
      }
    }
    assertThat(fixture
            .verifier()
            .withCheckpoints(before)
            .verify(after.path("/audit"))
            .finding())
        .isEmpty();
    return cut;
  }
}
