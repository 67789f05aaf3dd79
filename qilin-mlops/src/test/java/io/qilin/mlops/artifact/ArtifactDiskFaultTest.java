package io.qilin.mlops.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.SettableClock;
import io.qilin.testkit.fault.DiskFault;
import io.qilin.testkit.fault.FaultDisk;
import io.qilin.testkit.fault.FaultRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenario F5: the k-th operation of the disk fails, once or from then on. */
@Tag("fault")
@Tag("F5")
class ArtifactDiskFaultTest {
  private final SettableClock clock = SettableClock.at("2024-01-02T15:00:00+08:00");

  /** A fault: at which operation, which, and whether for ever. */
  private record Fault(long at, DiskFault how, boolean forever) {}

  private static byte[] content(int i) {
    return ("content " + i + " ").repeat(300).getBytes(StandardCharsets.UTF_8);
  }

  /** Puts, reads and collects; what was acknowledged is taken down. */
  private int work(FaultDisk disk, Set<String> acks) {
    int refused = 0;
    for (int i = 0; i < 4; i++) {
      try {
        ArtifactStore store = ArtifactStore.open(disk.path("/artifacts"), clock);
        try (ArtifactHold hold = store.put(content(i))) {
          acks.add(hold.artifact().sha256());
        }
        store.collect(acks::contains);
        for (String digest : acks) {
          store.read(digest, 100_000);
        }
      } catch (QilinException e) {
        assertThat(e.code()).isIn(ErrorCode.IO, ErrorCode.RESOURCE_EXHAUSTED);
        refused++;
      }
    }
    return refused;
  }

  @Test
  void whenTheKthOperationFails_thenTheErrorIsTypedAndNothingAcknowledgedIsLost() {
    FaultRun run = FaultRun.of("F5", 60);
    FaultDisk healthy = FaultDisk.empty();
    assertThat(work(healthy, new HashSet<>())).isZero();
    List<Fault> faults = new ArrayList<>();
    for (long at = 1; at <= healthy.operations(); at++) {
      for (DiskFault how : DiskFault.values()) {
        faults.add(new Fault(at, how, false));
        faults.add(new Fault(at, how, true));
      }
    }
    Collections.shuffle(faults, run.random());
    List<String> found = new ArrayList<>();
    Map<String, Integer> figures = new TreeMap<>();
    List<Fault> drawn = faults.subList(0, Math.min(run.n(), faults.size()));
    for (Fault fault : drawn) {
      try {
        int refused = once(fault);
        figures.merge(refused > 0 ? "refused" : "unharmed", 1, Integer::sum);
      } catch (AssertionError | QilinException e) {
        found.add(fault + ": " + e.getMessage());
      }
    }
    figures.put("cases", drawn.size());
    System.out.println(run.report(found.size(), figures));
    assertThat(found).isEmpty();
    assertThat(figures).containsKeys("refused", "unharmed");
  }

  private int once(Fault fault) {
    FaultDisk disk = FaultDisk.empty();
    Set<String> acks = new HashSet<>();
    disk.failAt(fault.at(), fault.how(), fault.forever());
    int refused = work(disk, acks);
    disk.heal();
    check(disk, acks);
    // A force that failed and was taken for one that worked is seen when the power is cut.
    check(disk.powerLost(disk.moment(), new Random(fault.at())), acks);
    return refused;
  }

  private void check(FaultDisk disk, Set<String> acks) {
    ArtifactStore store = ArtifactStore.open(disk.path("/artifacts"), clock);
    for (String digest : acks) {
      assertThat(store.read(digest, 100_000)).isNotEmpty();
    }
    try (ArtifactHold hold = store.put(content(9))) {
      assertThat(store.contains(hold.artifact().sha256())).isTrue();
    }
  }

  @Test
  void whenTheDiskIsFull_thenThatIsSaidNothingIsLeftAndItGoesOnWhenThereIsRoom() {
    FaultDisk disk = FaultDisk.empty();
    ArtifactStore store = ArtifactStore.open(disk.path("/artifacts"), clock);
    disk.capacity(1_000);
    try (ArtifactHold hold = store.put(content(1))) {
      assertThat(hold).as("put on a full disk").isNull();
    } catch (QilinException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    }
    disk.capacity(3_500);
    try (ArtifactHold hold = store.put(content(1))) {
      assertThat(store.read(hold.artifact().sha256(), 10_000)).isEqualTo(content(1));
    }
  }
}
