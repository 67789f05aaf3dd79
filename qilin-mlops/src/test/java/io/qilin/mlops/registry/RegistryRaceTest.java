package io.qilin.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.StageMove;
import io.qilin.api.model.StageReason;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.fault.KilledChild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several promote at once: of those that judged beside the same version exactly one wins, and every step is in the history. */
@Timeout(300)
class RegistryRaceTest {
  private static final StageReason WHY = StageReason.of("race");

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenTwoRegistriesPromoteAtOnce_thenExactlyOneWinsEachRound(StoreKind kind) throws Exception {
    try (RegistryFixture fixture = new RegistryFixture(kind, folder)) {
      List<EmbeddedRegistry> registries = List.of(fixture.registry, fixture.another());
      List<ModelId> ids = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ids.add(fixture.registered("v" + i));
      }
      int rounds = 6;
      int won = 0;
      for (int round = 0; round < rounds; round++) {
        int present = fixture
            .registry
            .production(RegistryFixture.NAME)
            .map(version -> version.id().version())
            .orElse(0);
        won += race(registries, ids, present);
      }

      assertThat(won).isEqualTo(rounds);
      assertHistoryIsWhole(fixture.registry, rounds);
    }
  }

  private static int race(List<EmbeddedRegistry> registries, List<ModelId> ids, int present)
      throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    List<ModelId> candidates =
        ids.stream().filter(id -> id.version() != present).toList();
    CyclicBarrier start = new CyclicBarrier(candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      ModelId candidate = candidates.get(i);
      EmbeddedRegistry registry = registries.get(i % registries.size());
      tasks.add(() -> {
        start.await();
        return promoted(registry, candidate, present);
      });
    }
    ExecutorService threads = Executors.newFixedThreadPool(candidates.size());
    try {
      int won = 0;
      for (Future<Boolean> task : threads.invokeAll(tasks)) {
        won += task.get() ? 1 : 0;
      }
      return won;
    } finally {
      threads.shutdownNow();
    }
  }

  static boolean promoted(EmbeddedRegistry registry, ModelId candidate, int present) {
    try {
      registry.promote(candidate, present, WHY);
      return true;
    } catch (QilinException e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.CONFLICT);
      return false;
    }
  }

  /** Each promotion is one line, each but the first has put another version into the archive. */
  private static void assertHistoryIsWhole(EmbeddedRegistry registry, int promotions) {
    List<StageMove> moves = registry.history(RegistryFixture.NAME, 10_000);
    assertThat(moves).hasSize(2 * promotions - 1);
    int present = 0;
    for (int i = moves.size() - 1; i >= 0; i--) {
      StageMove move = moves.get(i);
      assertThat(move.number()).isEqualTo(moves.size() - i);
      if (move.to() == ModelStage.ARCHIVED) {
        assertThat(move.id().version()).isEqualTo(present);
        present = 0;
      } else {
        assertThat(present).isZero();
        present = move.id().version();
      }
    }
    assertThat(registry.versions(RegistryFixture.NAME, 100))
        .filteredOn(version -> version.stage() == ModelStage.PRODUCTION)
        .extracting(version -> version.id().version())
        .containsExactly(present);
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenOneSetsAnAliasAndAnotherDeletes_thenExactlyOneIsRefused(StoreKind kind)
      throws Exception {
    try (RegistryFixture fixture = new RegistryFixture(kind, folder)) {
      EmbeddedRegistry other = fixture.another();
      int aliased = 0;
      int deleted = 0;
      int rounds = 5;
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        for (int round = 0; round < rounds; round++) {
          ModelId id = fixture.registered("v");
          CyclicBarrier start = new CyclicBarrier(2);
          Future<Boolean> alias = threads.submit(() -> {
            start.await();
            return done(ErrorCode.DATA_NOT_FOUND, () -> other.setAlias(id, "champion"));
          });
          Future<Boolean> delete = threads.submit(() -> {
            start.await();
            return done(ErrorCode.CONFLICT, () -> fixture.registry.delete(id));
          });
          assertThat(alias.get()).isNotEqualTo(delete.get());
          aliased += alias.get() ? 1 : 0;
          deleted += delete.get() ? 1 : 0;
          other.removeAlias(RegistryFixture.NAME, "champion");
        }
      } finally {
        threads.shutdownNow();
      }

      assertThat(aliased + deleted).isEqualTo(rounds);
      assertThat(fixture.registry.versions(RegistryFixture.NAME, 100)).hasSize(aliased);
    }
  }

  private static boolean done(ErrorCode otherwise, Runnable action) {
    try {
      action.run();
      return true;
    } catch (QilinException e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(otherwise);
      return false;
    }
  }

  /** Promotes in turns as fast as it can, from the version in production to the next. */
  static final class Promoter {
    private Promoter() {}

    public static void main(String[] arguments) {
      int wanted = Integer.parseInt(arguments[2]);
      int won = 0;
      int lost = 0;
      try (Database database = TestStore.at(arguments[0])) {
        EmbeddedRegistry registry = RegistryFixture.inChild(database, Path.of(arguments[1]));
        while (won < wanted) {
          List<ModelVersion> versions = registry.versions(RegistryFixture.NAME, 10);
          int present = versions.stream()
              .filter(version -> version.stage() == ModelStage.PRODUCTION)
              .mapToInt(version -> version.id().version())
              .findFirst()
              .orElse(0);
          ModelId next = new ModelId(RegistryFixture.NAME, present % versions.size() + 1);
          if (promoted(registry, next, present)) {
            won++;
          } else {
            lost++;
          }
        }
      }
      System.out.println("ack " + won + " " + lost);
    }
  }

  @Test
  void whenTwoProcessesPromote_thenEveryPromotionCountsOnce() throws Exception {
    try (RegistryFixture fixture = new RegistryFixture(StoreKind.SQLITE, folder)) {
      fixture.registered("v1");
      fixture.registered("v2");
      fixture.registered("v3");
      int each = 10;
      List<Callable<List<String>>> children = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Path own = Files.createDirectory(folder.resolve("child" + i));
        KilledChild child = KilledChild.of(
            Promoter.class,
            own,
            fixture.store.place(),
            folder.resolve("artifacts").toString(),
            Integer.toString(each));
        children.add(child::ended);
      }
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        for (Future<List<String>> child : threads.invokeAll(children)) {
          assertThat(child.get()).hasSize(1).first().asString().startsWith("ack " + each + " ");
        }
      } finally {
        threads.shutdownNow();
      }

      assertHistoryIsWhole(fixture.registry, 2 * each);
    }
  }
}
