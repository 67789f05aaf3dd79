package io.qilin.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.QilinException;
import io.qilin.ops.backup.Backup;
import io.qilin.ops.backup.BackupReport;
import io.qilin.ops.backup.StoreHost;
import io.qilin.testkit.FaultySource.Fault;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The list of chaos: a service fails, the network parts, data is corrupted; resources run out in {@link FullDiskTest}. Each ends
 * with a healthy host, and each is run once without what helps against it, to see that it would show.
 */
@Tag("fault")
@Tag("chaos")
@Timeout(120)
class ChaosTest {
  private static final int EVENINGS = 2;
  /** What a source gets that the network hides: both are waited for. */
  private static final Duration PARTED = Duration.ofSeconds(3);

  @TempDir
  Path folder;

  private ChaosHost host(String name) {
    return new ChaosHost(folder.resolve(name), folder.resolve(name + "-backups"));
  }

  /** The planted fault: with one source and no copy there is nothing to decide from. */
  private static void planted(Fault fault) {
    QilinException e =
        catchThrowableOfType(QilinException.class, () -> ChaosHost.withoutSpare(fault));
    assertThat(e).as("a host without spares under " + fault).isNotNull();
  }

  @Test
  void whenAServiceFails_thenTheOtherServesAndTheFirstIsTakenBack() {
    FaultRun run = FaultRun.of("chaos-service-failure", 1);
    long worst = 0;
    for (int i = 0; i < run.n(); i++) {
      try (ChaosHost host = host("host" + i)) {
        host.healed("before");
        Fault fault = i % 2 == 0 ? Fault.FAIL : Fault.CRASH;
        host.primary.then(fault);
        for (int k = 0; k < EVENINGS; k++) {
          ChaosHost.Evening evening = host.evening("during" + k);
          assertThat(evening.member()).isEqualTo("second");
          assertThat(evening.stale()).isFalse();
        }
        host.primary.then(Fault.NONE);
        worst = Math.max(worst, host.healed("after"));
        assertThat(host.evening("last").member()).isEqualTo("primary");
      }
    }
    planted(Fault.FAIL);
    System.out.println(run.report(0, Map.of("healthyAfterMillis", worst)));
  }

  @Test
  void whenTheNetworkParts_thenTheLastGoodCopyServesMarkedAndIsReplacedAfter() {
    FaultRun run = FaultRun.of("chaos-network-partition", 1);
    long worst = 0;
    for (int i = 0; i < run.n(); i++) {
      try (ChaosHost host = new ChaosHost(
          folder.resolve("host" + i), folder.resolve("host" + i + "-backups"), PARTED)) {
        host.healed("before");
        host.primary.then(Fault.HANG);
        host.second.then(Fault.HANG);
        ChaosHost.Evening evening = host.evening("during");
        assertThat(evening.stale()).isTrue();
        host.primary.then(Fault.NONE).release();
        host.second.then(Fault.NONE).release();
        worst = Math.max(worst, host.healed("after"));
        assertThat(host.evening("last").stale()).isFalse();
      }
    }
    planted(Fault.HANG);
    System.out.println(run.report(0, Map.of("healthyAfterMillis", worst)));
  }

  @Test
  void whenBarsAreCorrupt_thenTheyAreRefusedAndTheOtherServes() {
    FaultRun run = FaultRun.of("chaos-corrupt-bars", 2);
    Fault[] faults = {Fault.EMPTY, Fault.WRONG_SCHEMA, Fault.NULL};
    long worst = 0;
    try (ChaosHost host = host("host")) {
      host.healed("before");
      for (int i = 0; i < run.n(); i++) {
        host.primary.script(faults[i % faults.length]);
        assertThat(host.evening("during" + i).member()).isEqualTo("second");
        worst = Math.max(worst, host.healed("after" + i + "-"));
      }
    }
    planted(Fault.WRONG_SCHEMA);
    System.out.println(run.report(0, Map.of("healthyAfterMillis", worst)));
  }

  @Test
  void whenAStoreIsCorrupted_thenItIsFoundAndTheHostGoesOnFromItsBackup() throws IOException {
    FaultRun run = FaultRun.of("chaos-corrupt-store", 1);
    Random random = run.random();
    int foundBySize = 0;
    long worst = 0;
    for (int i = 0; i < run.n(); i++) {
      Path live = folder.resolve("live" + i);
      Path copies = folder.resolve("copies" + i);
      Set<String> models = Set.of("m/1", "m/2");
      Backup good;
      try (ChaosHost host = new ChaosHost(live, copies)) {
        models.forEach(model -> host.stores.register("m", "m " + model));
        host.healed("before");
        good = host.backups.create();
        Backup hurt = host.backups.create();
        Path victim = victim(copies.resolve(hurt.name()).resolve("data"), random);
        long size = Files.size(victim);
        flip(victim, random);
        // The planted check: sizes alone do not show it.
        foundBySize += Files.size(victim) == size ? 0 : 1;
        BackupReport report = host.backups.verify(hurt);
        assertThat(report.clean()).as(victim.toString()).isFalse();
        assertThat(host.backups.verify(good).clean()).isTrue();
        // The live audit log is damaged too, and the host is stopped.
        host.life.stop();
        try (Stream<Path> logs = Files.list(live.resolve("audit"))) {
          flip(
              logs.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow(),
              random);
        }
      }
      assertThat(StoreHost.verifier().verify(live.resolve("audit")).clean()).isFalse();
      Path back = folder.resolve("back" + i);
      try (StoreHost any = StoreHost.open(folder.resolve("elsewhere" + i))) {
        any.backups(copies, Clock.systemUTC()).build().restore(good, back);
      }
      assertThat(StoreHost.modelsIn(back)).isEqualTo(models);
      try (ChaosHost host = new ChaosHost(back, folder.resolve("new-copies" + i))) {
        worst = Math.max(worst, host.healed("after"));
      }
    }
    assertThat(foundBySize).isZero();
    System.out.println(run.report(0, Map.of("healthyAfterMillis", worst)));
  }

  private static Path victim(Path data, Random random) throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      var files = all.filter(Files::isRegularFile).sorted().toList();
      return files.get(random.nextInt(files.size()));
    }
  }

  private static void flip(Path file, Random random) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, content);
  }
}
