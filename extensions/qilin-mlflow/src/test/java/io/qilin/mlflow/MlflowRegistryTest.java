package io.qilin.mlflow;

import static io.qilin.mlflow.MlflowFaultsTest.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelEvent;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.StageReason;
import io.qilin.mlflow.MlflowDouble.Fault;
import io.qilin.mlops.artifact.ArtifactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special when models are in MLflow. */
@Timeout(120)
class MlflowRegistryTest {
  private static final StageReason WHY = StageReason.of("because");
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir
  Path folder;

  private Fixture fixture;
  private ArtifactStore artifacts;
  private MlflowRegistry registry;

  @BeforeEach
  void open() {
    fixture = new Fixture();
    artifacts = Fixture.artifacts(folder);
    registry = other();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private MlflowRegistry other() {
    return MlflowRegistry.builder(fixture.server, artifacts)
        .freshness(Duration.ZERO)
        .open();
  }

  private ModelDraft.Builder draft() {
    return ModelDraft.builder(
            "m", "linear", new ModelSignature(List.of("x"), ModelSignature.Missing.NO_SCORE))
        .file("model.bin", Fixture.stored(artifacts, CONTENT));
  }

  private ModelId registered() {
    return registry.register(draft().build()).id();
  }

  private long inProduction() {
    return registry.versions("m", 100).stream()
        .filter(version -> version.stage() == ModelStage.PRODUCTION)
        .count();
  }

  @Test
  void whenADraftHasAllThatCanBe_thenItIsReadBackEqual() {
    ModelDraft draft = draft()
        .description("涨停".repeat(20_000))
        .tag("a long one", "x".repeat(60_000))
        .tag("not a key of MLflow: ü?*", "y")
        .tag("mlflow.source", "z")
        .metric("ic", 0.1 + 0.2)
        .build();
    ModelVersion version = registry.register(draft);
    assertThat(version.draft()).isEqualTo(draft);
    assertThat(other().version(version.id())).contains(version);
  }

  @Test
  void whenAnotherProcessPromotes_thenItIsSeen() {
    ModelId first = registered();
    ModelId second = registered();
    MlflowRegistry elsewhere = other();
    registry.promote(first, 0, WHY);
    assertThat(elsewhere.production("m").map(ModelVersion::id)).contains(first);
    elsewhere.promote(second, 1, WHY);
    assertThat(registry.production("m").map(ModelVersion::id)).contains(second);
    assertThat(registry.version(first).map(ModelVersion::stage)).contains(ModelStage.ARCHIVED);
    refuses(ErrorCode.CONFLICT, () -> registry.promote(first, 1, WHY));
    assertThat(registry.rollback("m", WHY).id()).isEqualTo(first);
  }

  @Test
  void whenThreadsThatShareTheRegistryPromote_thenExactlyOneWins() throws Exception {
    List<ModelId> candidates = List.of(registered(), registered(), registered());
    ExecutorService threads = Executors.newFixedThreadPool(candidates.size());
    try {
      List<Future<Boolean>> won = new ArrayList<>();
      for (ModelId candidate : candidates) {
        won.add(threads.submit(() -> {
          try {
            return registry.promote(candidate, 0, WHY).stage() == ModelStage.PRODUCTION;
          } catch (QilinException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
            return false;
          }
        }));
      }
      int winners = 0;
      for (Future<Boolean> one : won) {
        winners += one.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(inProduction()).isEqualTo(1);
  }

  @Test
  void whenAnotherProgramMovesTheAlias_thenStagesFollow() {
    ModelId first = registered();
    ModelId second = registered();
    registry.promote(first, 0, WHY);
    new Models(fixture.server).setAlias(second, "production");
    assertThat(registry.production("m").map(ModelVersion::id)).contains(second);
    assertThat(registry.version(first).map(ModelVersion::stage)).contains(ModelStage.ARCHIVED);
    assertThat(registry.previous("m").map(ModelVersion::id)).contains(first);
  }

  @Test
  void whenAnotherProgramRegistered_thenItsVersionsAreNotSeenAndNotServed() {
    ModelId first = registered();
    String run = fixture
        .tracker
        .startRun(RunStart.in(fixture.tracker.experiment("python").id()).build())
        .id();
    Models models = new Models(fixture.server);
    models.create("m", "mlflow-artifacts:/0/x/artifacts/model", run, "", Map.of(), Map.of());

    assertThat(registry.versions("m", 10)).extracting(ModelVersion::id).containsExactly(first);
    assertThat(registry.version(new ModelId("m", 2))).isEmpty();
    models.setAlias(new ModelId("m", 2), "production");
    refuses(ErrorCode.MODEL_INVALID, () -> registry.production("m"));
    assertThat(registered().version()).isEqualTo(3);
  }

  @Test
  void whenAnAliasIsNoneOfMlflow_thenItIsRefused() {
    ModelId id = registered();
    refuses(ErrorCode.INVALID_ARGUMENT, () -> registry.setAlias(id, "a.b"));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> registry.setAlias(id, "production"));
    registry.promote(id, 0, WHY);
    registry.removeAlias("m", "production");
    assertThat(registry.production("m")).isPresent();
    assertThat(registry.alias("m", "production")).isEmpty();
    assertThat(registry.version(id).orElseThrow().aliases()).isEmpty();
  }

  @Test
  void whenAFileWasDamaged_thenItIsNotGiven() {
    ModelId id = registered();
    fixture.mlflow.damage("/model/model.bin");
    refuses(ErrorCode.STORE_DAMAGED, () -> registry.file(id, "model.bin"));
    fixture.mlflow.damage("/draft.json");
    refuses(ErrorCode.STORE_DAMAGED, () -> other().version(id));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 5, 6, 7, 8, 10})
  void whenAPromotionStopsInTheMiddle_thenOneVersionIsInProductionAndTheNextMends(int requests) {
    ModelId first = registered();
    ModelId second = registered();
    ModelId third = registered();
    registry.promote(first, 0, WHY);
    fixture.mlflow.dieAfter(requests);
    Optional<QilinException> thrown = Optional.empty();
    try {
      registry.promote(second, 1, WHY);
    } catch (QilinException e) {
      thrown = Optional.of(e);
    }
    thrown.ifPresent(e -> assertThat(e.code()).isEqualTo(ErrorCode.NETWORK));
    fixture.mlflow.heal();

    assertThat(inProduction()).isEqualTo(1);
    registry.move(second, ModelStage.PRODUCTION, WHY);
    registry.promote(third, 2, WHY);
    assertThat(inProduction()).isEqualTo(1);
    assertThat(registry.rollback("m", WHY).id()).isEqualTo(second);
    assertThat(registry.rollback("m", WHY).id()).isEqualTo(first);
  }

  @Test
  void whenACallFailsOnce_thenAVersionIsMadeOnce() {
    for (Fault fault :
        new Fault[] {Fault.RESET_AFTER, Fault.RESET_BEFORE, Fault.UNAVAILABLE, Fault.HTML}) {
      for (String call : List.of(
          "registered-models/create",
          "model-versions/create",
          "registered-models/alias",
          "model-versions/set-tag",
          "registered-models/set-tag",
          "model-versions/delete")) {
        fixture.mlflow.fail(call, fault, 1);
      }
      ModelId id = registered();
      registry.move(id, ModelStage.PRODUCTION, WHY);
      registry.move(id, ModelStage.ARCHIVED, WHY);
      registry.delete(id);
    }
    assertThat(registered().version()).isEqualTo(5);
  }

  @Test
  void whenRegisteringFails_thenNoVersionIsThereAndNobodyIsTold() {
    List<ModelEvent> told = new ArrayList<>();
    registry.listen(told::add);
    fixture.mlflow.fail("model-versions/create", Fault.UNAVAILABLE, 100);
    refuses(ErrorCode.STORE_UNAVAILABLE, this::registered);
    fixture.mlflow.heal();
    assertThat(registry.versions("m", 10)).isEmpty();
    assertThat(told).isEmpty();
    assertThat(registered().version()).isEqualTo(1);
  }

  @Test
  void whenTheServerIsGone_thenProductionIsGivenNoLongerThanItIsFresh() {
    long[] now = new long[1];
    MlflowServer server = MlflowServer.builder(
            fixture.mlflow.uri(), Fixture.HTTP, Clock.systemUTC(), () -> now[0], new Random(9))
        .attempts(1)
        .build();
    MlflowRegistry cached = MlflowRegistry.builder(server, artifacts).open();
    registry.move(registered(), ModelStage.PRODUCTION, WHY);
    assertThat(cached.production("m")).isPresent();
    fixture.mlflow.dieAfter(0);
    now[0] += 999_999_999L;
    assertThat(cached.production("m")).isPresent();
    now[0] += 2;
    refuses(ErrorCode.NETWORK, () -> cached.production("m"));
    fixture.mlflow.heal();
    assertThat(cached.production("m")).isPresent();
  }

  @Test
  void whenTheLineOfProductionGrows_thenItsTagStaysWithinMlflowsLimit() {
    List<Integer> line = new ArrayList<>();
    for (int i = 1; i <= 5_000; i++) {
      line.add(i);
    }
    String text = ModelDocument.lineText(line);
    assertThat(text.length()).isBetween(4_000, 5_000);
    assertThat(text).endsWith(",4999,5000").matches("[0-9]+(,[0-9]+)*");
  }
}
