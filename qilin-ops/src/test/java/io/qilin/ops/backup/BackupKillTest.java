package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.fault.FaultRun;
import io.qilin.testkit.fault.KillScenario;
import io.qilin.testkit.fault.KilledChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario F3 for backups: the process is killed while two threads write and one makes backups, at a moment after the first
 * backup was acknowledged. This process keeps what was
 * acknowledged: what was so before a backup began is in it.
 */
@Tag("fault")
@Tag("F3")
@Tag("F3-backup")
class BackupKillTest {
  @TempDir
  Path folder;

  /** Writes models and records, and backs them up, without end. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws InterruptedException {
      StoreHost host = StoreHost.open(Path.of(arguments[0]));
      Backups backups = host.backups(Path.of(arguments[1]), Clock.systemUTC()).build();
      boolean planted = arguments[2].equals("planted");
      CountDownLatch some = new CountDownLatch(10);
      backups.create();
      new Thread(() -> {
            for (int i = 1; ; i++) {
              say("did model " + host.register("m", "m " + i));
              some.countDown();
            }
          })
          .start();
      new Thread(() -> {
            for (int i = 1; ; i++) {
              host.record("order/" + i);
              say("did record order/" + i);
              some.countDown();
            }
          })
          .start();
      // What counts are kills during and after backups, with something that they must have.
      some.await();
      while (true) {
        say("begin");
        say(KilledChild.ACK + "backup " + (planted ? planted(backups) : backups.create()).name());
      }
    }

    /** The planted fault: a backup that was made before there was anything. */
    private static Backup planted(Backups backups) {
      return backups.list().backups().get(0);
    }

    private static synchronized void say(String what) {
      System.out.println(what);
    }
  }

  private KillScenario run(FaultRun run, String mode) {
    return KillScenario.run(
        run,
        kill -> {
          Path own = made(mode + kill);
          return KilledChild.of(
              Child.class,
              made(mode + "said" + kill),
              own.resolve("live").toString(),
              own.resolve("backups").toString(),
              mode);
        },
        (kill, lines) -> {
          try {
            check(folder.resolve(mode + kill), lines);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Path made(String name) {
    try {
      return Files.createDirectory(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last acknowledged backup has all that was acknowledged before it was asked for; one more can be made. */
  private static void check(Path own, List<String> lines) throws IOException {
    List<String> wanted = upToLastBackup(lines);
    String last = lines.stream()
        .filter(line -> line.startsWith("ack backup "))
        .reduce("", (one, next) -> next.substring("ack backup ".length()));
    Path live = own.resolve("live");
    if (!last.isEmpty()) {
      Backups copies = Backups.builder(own.resolve("backups"), Clock.systemUTC(), System::nanoTime)
          .part(StoreHost.auditPart(live.resolve("audit"), () -> 0))
          .part(StoreHost.models(live.resolve("models")))
          .build();
      BackupList list = copies.list();
      assertThat(list.unreadable()).isEmpty();
      for (Backup backup : list.backups()) {
        assertThat(copies.verify(backup).findings()).isEmpty();
      }
      Path restored = own.resolve("restored");
      copies.restore(copies.named(last), restored);
      Set<String> found = new HashSet<>();
      StoreHost.modelsIn(restored).forEach(model -> found.add("model " + model));
      StoreHost.recordsIn(restored).forEach(record -> found.add("record " + record));
      assertThat(found).containsAll(wanted);
    }
    try (StoreHost host = StoreHost.open(live)) {
      Backups backups = host.backups(own.resolve("backups"), Clock.systemUTC()).build();
      assertThat(backups.verify(backups.create()).clean()).isTrue();
    }
  }

  /** What was acknowledged before the last backup that was acknowledged began. */
  private static List<String> upToLastBackup(List<String> lines) {
    int end = lines.size() - 1;
    while (end >= 0 && !lines.get(end).startsWith("ack backup ")) {
      end--;
    }
    int begin = end;
    while (begin >= 0 && !lines.get(begin).equals("begin")) {
      begin--;
    }
    return lines.subList(0, Math.max(0, begin)).stream()
        .filter(line -> line.startsWith("did "))
        .map(line -> line.substring("did ".length()))
        .toList();
  }

  @Test
  void whenTheProcessIsKilled_thenEachBackupHasWhatWasAcknowledgedBeforeIt() {
    KillScenario scenario = run(FaultRun.of("F3-backup", 1), "sound");
    System.out.println(scenario.report());
    assertThat(scenario.faults()).isEmpty();
    assertThat(scenario.acknowledged()).isPositive();
  }

  @Test
  void whenABackupIsOlderThanItSays_thenTheScenarioFindsIt() {
    FaultRun run = FaultRun.of("F3-backup-control", 1);
    KillScenario scenario =
        run(new FaultRun(run.scenario(), Math.min(run.n(), 5), run.seed()), "planted");
    System.out.println(scenario.report());
    assertThat(scenario.faults()).as("found after every kill").hasSize(Math.min(run.n(), 5));
  }

  @Test
  void whenHalfABackupIsLeft_thenItIsNotListed() throws IOException {
    BackupFixture fixture = new BackupFixture(folder);
    Backup made = fixture.backups.create();
    Files.move(fixture.file(made, "manifest.json"), fixture.file(made, "manifest.json.new"));
    Files.writeString(fixture.file(made, "data/config/live.txt"), "x", StandardOpenOption.APPEND);
    assertThat(fixture.backups.list()).isEqualTo(new BackupList(List.of(), Map.of()));
  }
}
