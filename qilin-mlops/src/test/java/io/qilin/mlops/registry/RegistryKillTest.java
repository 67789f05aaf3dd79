package io.qilin.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.StageMove;
import io.qilin.api.model.StageReason;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.fault.FaultRun;
import io.qilin.testkit.fault.KillScenario;
import io.qilin.testkit.fault.KilledChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario F1: the process is killed while four threads register, promote and delete. This process keeps what was acknowledged; what
 * was not is there whole or not at all.
 */
@Tag("fault")
@Tag("F1")
class RegistryKillTest {
  private static final int THREADS = 4;
  private static final StageReason WHY = StageReason.of("kill");

  @TempDir
  Path folder;

  /** Registers, promotes and deletes without end. Each thread has a name of its own, and all promote one name in turns. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) {
      Path artifacts = Path.of(arguments[1]);
      boolean early = arguments[2].equals("planted");
      Database database = TestStore.at(arguments[0]);
      EmbeddedRegistry registry = RegistryFixture.inChild(database, artifacts);
      ArtifactStore files = ArtifactStore.open(artifacts, Clock.systemUTC());
      for (int i = 0; i < THREADS; i++) {
        registry.register(draft("shared", RegistryFixture.put(files, "shared")));
      }
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        new Thread(() -> work(registry, files, thread, early)).start();
      }
    }

    private static void work(
        EmbeddedRegistry registry, ArtifactStore files, int thread, boolean early) {
      String name = "t" + thread;
      for (int version = 1; ; version++) {
        ModelId id = new ModelId(name, version);
        String digest = RegistryFixture.put(files, id.toString());
        int before = version - 1;
        if (early) {
          // The planted fault is a version ahead: one is missing whenever the kill comes.
          acknowledge("registered " + new ModelId(name, version + 1));
        }
        step("registered " + id, () -> registry.register(draft(name, digest)));
        step("promoted " + id, () -> registry.promote(id, before, WHY));
        if (version > 2) {
          ModelId old = new ModelId(name, version - 2);
          step("deleted " + old, () -> registry.delete(old));
        }
        ModelId shared = new ModelId("shared", thread + 1);
        step("moved " + shared, () -> registry.move(shared, ModelStage.PRODUCTION, WHY));
      }
    }

    private static void step(String what, Runnable action) {
      action.run();
      acknowledge(what);
    }

    private static void acknowledge(String what) {
      System.out.println(KilledChild.ACK + what);
    }
  }

  private static ModelDraft draft(String name, String digest) {
    return ModelDraft.builder(name, "test", RegistryFixture.SIGNATURE)
        .file("model.txt", digest)
        .build();
  }

  private KillScenario run(FaultRun run, String mode) {
    return KillScenario.run(
        run,
        kill -> {
          Path own = made(mode + kill);
          return KilledChild.of(
              Worker.class,
              made(mode + "said" + kill),
              own.resolve("store.db").toString(),
              own.resolve("artifacts").toString(),
              mode);
        },
        (kill, lines) -> check(folder.resolve(mode + kill), lines));
  }

  private Path made(String name) {
    try {
      return Files.createDirectory(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path own, List<String> lines) {
    try (Database database = TestStore.at(own.resolve("store.db").toString())) {
      EmbeddedRegistry registry = RegistryFixture.inChild(database, own.resolve("artifacts"));
      for (int thread = 0; thread < THREADS; thread++) {
        checkOwn(registry, "t" + thread, lines);
      }
      long moved =
          lines.stream().filter(line -> line.startsWith("ack moved shared/")).count();
      checkShared(registry, moved);
      // It goes on.
      ModelId next = registry
          .register(registry.version(new ModelId("shared", 1)).orElseThrow().draft())
          .id();
      assertThat(registry.move(next, ModelStage.PRODUCTION, WHY).stage())
          .isEqualTo(ModelStage.PRODUCTION);
    }
  }

  private static Set<Integer> acked(List<String> lines, String what, String name) {
    String begin = KilledChild.ACK + what + " " + name + "/";
    Set<Integer> versions = new TreeSet<>();
    for (String line : lines) {
      if (line.startsWith(begin)) {
        versions.add(Integer.parseInt(line.substring(begin.length())));
      }
    }
    return versions;
  }

  private static int last(Set<Integer> versions) {
    return versions.stream().mapToInt(version -> version).max().orElse(0);
  }

  private static void checkOwn(EmbeddedRegistry registry, String name, List<String> lines) {
    int registered = last(acked(lines, "registered", name));
    int promoted = last(acked(lines, "promoted", name));
    int deleted = last(acked(lines, "deleted", name));
    List<ModelVersion> versions = registry.versions(name, 10_000);
    List<Integer> numbers =
        versions.stream().map(version -> version.id().version()).sorted().toList();
    for (ModelVersion version : versions) {
      assertThat(new String(registry.file(version.id(), "model.txt"), StandardCharsets.UTF_8))
          .isEqualTo(version.id().toString());
    }
    // One step of the thread may have been done without being acknowledged.
    for (int version = deleted + 2; version <= registered; version++) {
      assertThat(numbers).as("%s registered", name).contains(version);
    }
    assertThat(numbers).as("%s deleted", name).allMatch(version -> version > deleted);
    assertThat(numbers).allMatch(version -> version <= registered + 1);
    List<Integer> production = versions.stream()
        .filter(version -> version.stage() == ModelStage.PRODUCTION)
        .map(version -> version.id().version())
        .toList();
    if (promoted > 0) {
      assertThat(production).as("%s in production", name).hasSize(1);
      assertThat(production.get(0)).isBetween(promoted, promoted + 1);
    }
  }

  private static void checkShared(EmbeddedRegistry registry, long moved) {
    List<StageMove> moves = registry.history("shared", 100_000);
    long promotions =
        moves.stream().filter(move -> move.to() == ModelStage.PRODUCTION).count();
    assertThat(promotions).isBetween(moved, moved + THREADS);
    assertThat(registry.versions("shared", 10))
        .filteredOn(version -> version.stage() == ModelStage.PRODUCTION)
        .hasSize(moved > 0 ? 1 : (int) Math.min(1, promotions));
    for (int i = 0; i < moves.size(); i++) {
      assertThat(moves.get(i).number()).isEqualTo(moves.size() - i);
    }
  }

  @Test
  void whenTheProcessIsKilled_thenNothingAcknowledgedIsLostAndNothingIsHalf() {
    KillScenario scenario = run(FaultRun.of("F1", 1), "sound");

    System.out.println(scenario.report());
    assertThat(scenario.faults()).isEmpty();
    assertThat(scenario.acknowledged()).isPositive();
  }

  @Test
  void whenItAcknowledgesTooEarly_thenTheScenarioFindsIt() {
    FaultRun run = FaultRun.of("F1-control", 1);
    KillScenario scenario =
        run(new FaultRun(run.scenario(), Math.min(run.n(), 5), run.seed()), "planted");

    System.out.println(scenario.report());
    assertThat(scenario.faults()).as("found after every kill").hasSize(Math.min(run.n(), 5));
  }
}
