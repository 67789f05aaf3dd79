package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.SettableClock;
import io.qilin.testkit.fault.DiskFault;
import io.qilin.testkit.fault.FaultDisk;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenarios F4 and F5 for backups: the k-th operation of their disk fails, or its power is cut. */
@Tag("fault")
class BackupDiskFaultTest {
  private static final int ROUNDS = 3;

  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");

  /** A fault: at which operation, which, and whether for ever. */
  private record Fault(long at, DiskFault how, boolean forever) {}

  /** A backup that was acknowledged, and when. */
  private record Ack(int moment, Backup backup) {}

  private Backups backups(FaultDisk disk) throws IOException {
    Path live = disk.path("/live");
    if (!Disk.exists(live)) {
      Files.createDirectory(live);
      Disk.write(live.resolve("a.txt"), "some words ".repeat(200).getBytes(StandardCharsets.UTF_8));
      Files.createDirectory(live.resolve("b"));
      Disk.write(live.resolve("b").resolve("c.txt"), new byte[] {1, 2, 3});
      Disk.force(live.resolve("b"));
      Disk.force(live);
      Disk.force(disk.path("/"));
    }
    return Backups.builder(disk.path("/backups"), clock, () -> 0)
        .part(FolderPart.of("files", live, name -> true, copy -> "ok"))
        .build();
  }

  /** Makes backups, removes old ones; what was acknowledged and not removed is taken down. */
  private int work(FaultDisk disk, List<Ack> acks) throws IOException {
    int refused = 0;
    Backups backups = backups(disk);
    for (int i = 0; i < ROUNDS; i++) {
      try {
        acks.add(new Ack(0, backups.create()));
        acks.set(
            acks.size() - 1, new Ack(disk.moment(), acks.get(acks.size() - 1).backup()));
        if (i == ROUNDS - 1) {
          Ack last = acks.get(acks.size() - 1);
          // From here on the older ones may be gone.
          acks.clear();
          acks.add(last);
          backups.retain(new Retention(1, 0, 0));
        }
      } catch (QilinException e) {
        assertThat(e.code())
            .as(e.getMessage())
            .isIn(ErrorCode.IO, ErrorCode.RESOURCE_EXHAUSTED, ErrorCode.STORE_DAMAGED);
        refused++;
      }
    }
    return refused;
  }

  /** All that is listed is whole, what was acknowledged is listed, and it goes on. */
  private void check(FaultDisk disk, List<Ack> acks) throws IOException {
    Backups backups = backups(disk);
    BackupList list = backups.list();
    assertThat(list.unreadable()).isEmpty();
    for (Backup backup : list.backups()) {
      assertThat(backups.verify(backup).findings()).isEmpty();
    }
    assertThat(list.backups()).containsAll(acks.stream().map(Ack::backup).toList());
    assertThat(backups.verify(backups.create()).clean()).isTrue();
  }

  @Test
  @Tag("F5")
  void whenTheKthOperationFails_thenTheErrorIsTypedAndNoHalfBackupIsListed() throws IOException {
    FaultRun run = FaultRun.of("F5-backup", 20);
    FaultDisk healthy = FaultDisk.empty();
    backups(healthy);
    long before = healthy.operations();
    assertThat(work(healthy, new ArrayList<>())).isZero();
    List<Fault> faults = new ArrayList<>();
    for (long at = before + 1; at <= healthy.operations(); at++) {
      for (DiskFault how : DiskFault.values()) {
        faults.add(new Fault(at, how, false));
        faults.add(new Fault(at, how, true));
      }
    }
    Collections.shuffle(faults, run.random());
    List<String> found = new ArrayList<>();
    Map<String, Integer> figures = new TreeMap<>();
    for (Fault fault : faults.subList(0, Math.min(run.n(), faults.size()))) {
      FaultDisk disk = FaultDisk.empty();
      backups(disk);
      disk.failAt(fault.at(), fault.how(), fault.forever());
      List<Ack> acks = new ArrayList<>();
      try {
        int refused = work(disk, acks);
        figures.merge(refused > 0 ? "refused" : "unharmed", 1, Integer::sum);
        disk.heal();
        check(disk, acks);
        check(disk.powerLost(disk.moment(), new Random(fault.at())), acks);
      } catch (AssertionError | QilinException e) {
        found.add(fault + ": " + e.getMessage());
      }
    }
    System.out.println(run.report(found.size(), figures));
    assertThat(found).isEmpty();
    assertThat(figures).containsKeys("refused", "unharmed");
  }

  @Test
  @Tag("F4")
  void whenThePowerIsCut_thenWhatWasAcknowledgedIsThereAndNothingElseIsListed() throws IOException {
    FaultRun run = FaultRun.of("F4-backup", 20);
    FaultDisk disk = FaultDisk.empty();
    Backups backups = backups(disk);
    int begin = disk.moment();
    List<Ack> acks = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      Backup made = backups.create();
      acks.add(new Ack(disk.moment(), made));
    }
    Random random = run.random();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < run.n(); i++) {
      int moment = begin + random.nextInt(disk.moment() - begin + 1);
      try {
        check(
            disk.powerLost(moment, random),
            acks.stream().filter(ack -> ack.moment() <= moment).toList());
      } catch (AssertionError | QilinException e) {
        found.add("moment " + moment + ": " + e.getMessage());
      }
    }
    System.out.println(run.report(found.size(), Map.of("states", run.n())));
    assertThat(found).isEmpty();
  }

  /** The planted fault: a backup whose files are not forced, or whose forces failed unseen, before its manifest has its name. */
  @Test
  @Tag("F4")
  @Tag("F5")
  void whenTheManifestIsNotLast_thenTheScenarioFindsIt() throws IOException {
    FaultDisk disk = FaultDisk.empty();
    Path root = disk.path("/backups");
    Files.createDirectory(root);
    Disk.force(disk.path("/"));
    BackupFolder folder = new BackupFolder(root.resolve(BackupFolder.name(1, clock.instant())));
    Files.createDirectory(folder.path());
    Files.createDirectory(folder.path().resolve("data"));
    Files.createDirectory(folder.data("files"));
    byte[] content = new byte[3_000];
    Files.write(folder.data("files").resolve("a.txt"), content);
    var files = new TreeMap<>(Map.of("a.txt", FileDigest.of(content)));
    Backup backup = new Backup(
        Disk.name(folder.path()),
        1,
        clock.instant(),
        clock.instant(),
        Map.of(),
        List.of(Manifest.part("files", files, "")),
        "");
    folder.commit(new Manifest(backup, Map.of("files", files)));
    Disk.force(root);
    int broken = 0;
    for (int i = 0; i < 20; i++) {
      FaultDisk after = disk.powerLost(disk.moment(), new Random(i));
      Backups backups = Backups.builder(after.path("/backups"), clock, () -> 0)
          .part(FolderPart.of("files", after.path("/live"), name -> true, copy -> "ok"))
          .build();
      broken += backups.list().backups().stream()
              .allMatch(listed -> backups.verify(listed).clean())
          ? 0
          : 1;
    }
    assertThat(broken).isPositive();
  }

  @Test
  @Tag("F5")
  void whenTheDiskOfTheTargetFails_thenTheTargetIsNotThere() throws IOException {
    FaultDisk disk = FaultDisk.empty();
    Backups backups = backups(disk);
    Backup made = backups.create();
    Path target = disk.path("/target");
    long before = disk.operations();
    // This disk moves no folders: the last step fails, and so does each before it that is told to.
    assertThat(refused(backups, made, target)).isEqualTo(ErrorCode.IO);
    long operations = disk.operations() - before;
    for (long k = 1; k <= operations; k += 3) {
      disk.failAt(disk.operations() + k, DiskFault.IO_ERROR, false);
      assertThat(refused(backups, made, target)).isIn(ErrorCode.IO, ErrorCode.STORE_DAMAGED);
      disk.heal();
      assertThat(Disk.exists(target)).isFalse();
      Disk.remove(disk.path("/.target.restoring-1"));
    }
    assertThat(backups.verify(made).clean()).isTrue();
  }

  private static ErrorCode refused(Backups backups, Backup made, Path target) {
    try {
      backups.restore(made, target);
      throw new AssertionError("it was restored");
    } catch (QilinException e) {
      return e.code();
    }
  }
}
