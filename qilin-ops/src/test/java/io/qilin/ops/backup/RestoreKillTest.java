package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.fault.FaultRun;
import io.qilin.testkit.fault.KillScenario;
import io.qilin.testkit.fault.KilledChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario F3 for restoring: the process is killed while it restores one backup again and again. A target is not there or whole,
 * what was acknowledged is there, and what is left beside it holds up no later restore.
 */
@Tag("fault")
@Tag("F3")
@Tag("F3-restore")
class RestoreKillTest {
  private static final int FILES = 60;

  @TempDir
  Path folder;

  private Map<String, String> live = Map.of();

  /** Restores into target after target, without end. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      Backups backups = backups(Path.of(arguments[0]), Path.of(arguments[1]));
      Backup backup = backups.list().backups().get(0);
      for (int i = 0; ; i++) {
        Path target = Path.of(arguments[2]).resolve("target-" + i);
        if (arguments[3].equals("planted")) {
          // The next is begun before this one is whole: one is half whenever the kill comes.
          Files.createDirectories(target.resolveSibling("target-" + (i + 1)));
          copy(backups, backup, target);
        } else {
          backups.restore(backup, target);
        }
        System.out.println(KilledChild.ACK + target.getFileName());
      }
    }

    /** The planted fault: file after file straight into the target. */
    private static void copy(Backups backups, Backup backup, Path target) throws IOException {
      Path from = backups.root().resolve(backup.name()).resolve("data");
      try (Stream<Path> all = Files.walk(from)) {
        for (Path source : all.sorted().toList()) {
          Path copy = target.resolve(from.relativize(source).toString());
          if (Files.isDirectory(source)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(source, copy);
          }
        }
      }
    }
  }

  private static Backups backups(Path root, Path live) {
    return Backups.builder(root, Clock.systemUTC(), System::nanoTime)
        .part(FolderPart.of("files", live, name -> true, copy -> "there"))
        .build();
  }

  @BeforeEach
  void makeABackup() throws IOException {
    Path source = Files.createDirectories(folder.resolve("live/sub"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(source.resolve("file-" + i), ("content " + i).repeat(500 * (i % 7 + 1)));
    }
    Backups backups = backups(folder.resolve("backups"), folder.resolve("live"));
    backups.create();
    backups.restore(backups.list().backups().get(0), folder.resolve("whole"));
    live = contents(folder.resolve("whole"));
    assertThat(live).hasSize(FILES);
  }

  private static Map<String, String> contents(Path root) {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  private KillScenario run(FaultRun run, String mode) {
    return KillScenario.run(
        run,
        kill -> KilledChild.of(
            Child.class,
            made(mode + "-said-" + kill),
            folder.resolve("backups").toString(),
            folder.resolve("live").toString(),
            made(mode + "-" + kill).toString(),
            mode),
        (kill, lines) -> check(folder.resolve(mode + "-" + kill), lines));
  }

  private Path made(String name) {
    try {
      return Files.createDirectory(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check(Path targets, List<String> lines) {
    try (Stream<Path> made = Files.list(targets)) {
      List<Path> whole = made.filter(path -> path.getFileName().toString().startsWith("target-"))
          .toList();
      whole.forEach(target -> assertThat(contents(target)).isEqualTo(live));
      assertThat(whole.stream().map(path -> path.getFileName().toString()))
          .containsAll(lines.stream()
              .map(line -> line.substring(KilledChild.ACK.length()))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Backups backups = backups(folder.resolve("backups"), folder.resolve("live"));
    backups.restore(backups.list().backups().get(0), targets.resolve("later"));
    assertThat(contents(targets.resolve("later"))).isEqualTo(live);
  }

  @Test
  void whenTheProcessIsKilled_thenATargetIsWholeOrNotThere() {
    KillScenario scenario = run(FaultRun.of("F3-restore", 1), "sound");
    System.out.println(scenario.report());
    assertThat(scenario.faults()).isEmpty();
    assertThat(scenario.acknowledged()).isPositive();
  }

  @Test
  void whenFilesAreCopiedStraightIntoTheTarget_thenTheScenarioFindsIt() {
    FaultRun run = FaultRun.of("F3-restore-control", 1);
    KillScenario scenario =
        run(new FaultRun(run.scenario(), Math.min(run.n(), 5), run.seed()), "planted");
    System.out.println(scenario.report());
    assertThat(scenario.faults()).as("found after every kill").hasSize(Math.min(run.n(), 5));
  }
}
