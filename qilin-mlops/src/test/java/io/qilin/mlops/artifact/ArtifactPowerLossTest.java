package io.qilin.mlops.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import io.qilin.testkit.SettableClock;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenario F4: the power is cut at any moment, and what was not forced is lost or torn. */
@Tag("fault")
@Tag("F4")
class ArtifactPowerLossTest {
  private final SettableClock clock = SettableClock.at("2024-01-02T15:00:00+08:00");
  private final FaultDisk disk = FaultDisk.empty();
  private final List<Ack> acks = new ArrayList<>();
  private final Random contents = new Random(7);

  /** What was put, when that was said, and when it may have been removed. */
  private record Ack(int moment, int until, String digest, int length) {}

  private byte[] content() {
    byte[] content = new byte[1 + contents.nextInt(3_000)];
    contents.nextBytes(content);
    return content;
  }

  /** Puts, puts again, and collects what is no longer referred to. */
  private void work() {
    ArtifactStore store = ArtifactStore.open(disk.path("/artifacts"), clock);
    Set<String> used = new HashSet<>();
    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < 4; i++) {
        byte[] content = content();
        try (ArtifactHold hold = store.put(content)) {
          String digest = hold.artifact().sha256();
          boolean kept = i % 2 == 0;
          if (kept) {
            used.add(digest);
          }
          acks.add(new Ack(disk.moment(), kept ? Integer.MAX_VALUE : -1, digest, content.length));
        }
      }
      int before = disk.moment();
      store.collect(used::contains);
      acks.replaceAll(ack ->
          ack.until() == -1 ? new Ack(ack.moment(), before, ack.digest(), ack.length()) : ack);
    }
  }

  private long lost(FaultDisk after, int moment) {
    ArtifactStore store = ArtifactStore.open(after.path("/artifacts"), clock);
    long lost = 0;
    for (Ack ack : acks) {
      if (ack.moment() <= moment && moment <= ack.until()) {
        try {
          lost += store.read(ack.digest(), 10_000).length == ack.length() ? 0 : 1;
        } catch (QilinException e) {
          lost++;
        }
      }
    }
    return lost;
  }

  @Test
  void whenThePowerIsCutAtAnyMoment_thenEveryFileThatWasAcknowledgedIsThere() {
    FaultRun run = FaultRun.of("F4", 60);
    Random random = run.random();
    work();
    long lost = 0;
    for (int i = 0; i < run.n(); i++) {
      int moment = random.nextInt(disk.moment() + 1);
      lost += lost(disk.powerLost(moment, new Random(random.nextLong())), moment);
    }
    System.out.println(
        run.report(lost, Map.of("artifacts", acks.size(), "moments", disk.moment())));
    assertThat(lost).isZero();
  }

  /** The planted fault: what is not forced before it is renamed passes every kill, and is lost here. */
  @Test
  void whenAFileIsRenamedWithoutForcing_thenTheScenarioSeesItLost() throws IOException {
    ArtifactStore.open(disk.path("/artifacts"), clock);
    long lost = 0;
    for (int i = 0; i < 20; i++) {
      byte[] content = content();
      String digest = io.qilin.mlops.internal.Sha256.hex(content);
      Path fresh = disk.path("/artifacts/new/" + i);
      try (FileChannel channel =
          FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(content));
      }
      Path place = disk.path("/artifacts/objects/" + digest.substring(0, 2) + "/" + digest);
      if (!Files.exists(place.getParent())) {
        Files.createDirectory(place.getParent());
      }
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
      ArtifactFolders.force(place.getParent());
      ArtifactFolders.force(disk.path("/artifacts/objects"));
      acks.add(new Ack(disk.moment(), Integer.MAX_VALUE, digest, content.length));
      lost += lost(disk.powerLost(disk.moment(), new Random(i)), disk.moment());
    }
    assertThat(lost).isPositive();
  }
}
