package io.qilin.mlflow;

import static io.qilin.mlflow.MlflowFaultsTest.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Experiment;
import io.qilin.api.model.ExperimentTracker;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelLineage;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.RunStatus;
import io.qilin.api.model.StageReason;
import io.qilin.api.progress.Cancellation;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.registry.EmbeddedRegistry;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.tracking.EmbeddedTracker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the embedded store to MLflow and back. */
class MlflowCopyTest {
  private static final Instant START = Instant.parse("2024-01-02T07:00:00.123Z");
  private static final StageReason WHY = StageReason.of("because");

  @TempDir
  Path folder;

  private Fixture fixture;
  private Database database;
  private ArtifactStore artifacts;
  private EmbeddedTracker source;
  private EmbeddedRegistry models;
  private MlflowRegistry target;
  private final MlflowCopy copy = MlflowCopy.from("a", new Cancellation());

  @BeforeEach
  void open() {
    fixture = new Fixture();
    database = Database.sqlite(folder.resolve("a.db"));
    artifacts = Fixture.artifacts(folder.resolve("a"));
    source = Fixture.embedded(database, artifacts);
    models = EmbeddedRegistry.builder(database, artifacts, Clock.systemUTC(), System::nanoTime)
        .open();
    target = MlflowRegistry.builder(fixture.server, artifacts).open();
  }

  @AfterEach
  void close() {
    fixture.close();
    database.close();
  }

  private void fill() {
    Experiment main = source.createExperiment("main", Map.of("team", "因子"));
    Run parent = source.startRun(
        RunStart.in(main.id()).name("parent").owner("host/1").started(START).build());
    for (int i = 0; i < 3; i++) {
      Run run = source.startRun(RunStart.in(main.id())
          .name("child " + i)
          .parent(parent.id())
          .started(START.minusSeconds(i + 1))
          .tag("odd", i % 2 == 1 ? "yes" : "no")
          .build());
      RunBatch.Builder batch =
          RunBatch.builder().param("lr", "0." + i).param("long", "值".repeat(7_000));
      for (int step = 0; step < 5; step++) {
        batch.metric("ic", step == 3 ? Double.NaN : step, step, START.plusSeconds(step));
        batch.metric("loss", -step, 7, START.minusSeconds(step));
        batch.metric("same", Double.POSITIVE_INFINITY, 0, START);
      }
      source.log(run.id(), batch.build());
      source.logArtifact(run.id(), "plots/收益.txt", ("file " + i).getBytes(StandardCharsets.UTF_8));
      if (i > 0) {
        source.endRun(
            run.id(), i == 1 ? RunStatus.FAILED : RunStatus.FINISHED, START.plusSeconds(60));
      }
      if (i == 2) {
        source.deleteRun(run.id());
      }
    }
    Experiment away = source.createExperiment("away", Map.of());
    source.startRun(RunStart.in(away.id()).name("hidden").started(START).build());
    source.deleteExperiment(away.id());
  }

  private static Map<String, Run> runs(ExperimentTracker tracker) {
    Map<String, Run> runs = new HashMap<>();
    for (Experiment experiment : Pages.experiments(tracker)) {
      if (experiment.name().equals(MlflowRegistry.EXPERIMENT)) {
        continue;
      }
      Pages.runs(
          tracker,
          experiment.id(),
          run -> assertThat(runs.put(experiment.name() + "/" + run.name(), run))
              .as("copied once")
              .isNull());
    }
    return runs;
  }

  private void assertSame(ExperimentTracker from, ExperimentTracker to, boolean awayRuns) {
    Map<String, Run> there = runs(to);
    Map<String, Run> here = runs(from);
    assertThat(there.keySet()).isEqualTo(here.keySet());
    here.forEach((name, run) -> {
      Run other = there.get(name);
      assertThat(other.params()).isEqualTo(run.params());
      assertThat(other.metrics()).isEqualTo(run.metrics());
      assertThat(other.status()).isEqualTo(run.status());
      assertThat(other.started()).isEqualTo(run.started());
      assertThat(other.ended()).isEqualTo(run.ended());
      assertThat(other.owner()).isEqualTo(run.owner());
      assertThat(other.artifacts()).isEqualTo(run.artifacts());
      assertThat(other.deleted())
          .isEqualTo(run.deleted() || (awayRuns && name.startsWith("away/")));
      assertThat(other.tags())
          .containsAllEntriesOf(run.tags().containsKey(MlflowCopy.ORIGIN) ? Map.of() : run.tags());
      assertThat(other.parent().map(id -> to.run(id).name()))
          .isEqualTo(run.parent().map(id -> from.run(id).name()));
      for (String metric : run.metrics().keySet()) {
        assertThat(Pages.history(to, other.id(), metric))
            .isEqualTo(Pages.history(from, run.id(), metric));
      }
      run.artifacts()
          .forEach(file -> assertThat(to.artifact(other.id(), file.name()))
              .isEqualTo(from.artifact(run.id(), file.name())));
    });
  }

  @Test
  void whenExperimentsAreCopied_thenAllIsThereAndASecondCopyWritesNothing() {
    fill();
    CopyReport report = copy.experiments(source, fixture.tracker);

    assertThat(report.left()).isEmpty();
    assertThat(report.runs()).isEqualTo(5);
    assertThat(report.points()).isEqualTo(45);
    assertThat(report.artifacts()).isEqualTo(3);
    assertSame(source, fixture.tracker, true);
    long writes =
        fixture.mlflow.succeeded("runs/log-batch") + fixture.mlflow.succeeded("runs/create");
    assertThat(copy.experiments(source, fixture.tracker).isNothingNew()).isTrue();
    assertThat(fixture.mlflow.succeeded("runs/log-batch") + fixture.mlflow.succeeded("runs/create"))
        .isEqualTo(writes);
  }

  @Test
  void whenTheCopyDiesAgainAndAgain_thenTheNextOneCompletesIt() {
    fill();
    int died = 0;
    for (int requests = 3; ; requests += 7) {
      fixture.mlflow.dieAfter(requests);
      try {
        copy.experiments(source, fixture.tracker);
        break;
      } catch (QilinException e) {
        assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.NETWORK);
        died++;
      }
    }
    fixture.mlflow.heal();
    assertThat(died).isGreaterThan(5);
    assertSame(source, fixture.tracker, true);
    assertThat(copy.experiments(source, fixture.tracker).isNothingNew()).isTrue();
  }

  @Test
  void whenARunGoesOnInTheSource_thenTheNextCopyBringsWhatIsNew() {
    Run run = source.startRun(
        RunStart.in(source.experiment("live").id()).name("r").started(START).build());
    source.log(run.id(), RunBatch.builder().metric("m", 1, 1, START).build());
    copy.experiments(source, fixture.tracker);
    source.log(
        run.id(),
        RunBatch.builder()
            .metric("m", 2, 2, START)
            .metric("n", 1, 0, START)
            .tag("t", "x")
            .build());
    source.endRun(run.id(), RunStatus.FINISHED, START);

    CopyReport report = copy.experiments(source, fixture.tracker);

    assertThat(report.points()).isEqualTo(2);
    assertThat(report.runs()).isZero();
    assertSame(source, fixture.tracker, true);
  }

  @Test
  void whenMlflowCannotTakeIt_thenTheRestIsCopiedAndThatIsReported() {
    Experiment experiment = source.createExperiment("odd", Map.of("note", "x".repeat(6_000)));
    Run run = source.startRun(RunStart.in(experiment.id())
        .name("r")
        .started(START)
        .tag("qilin.mine", "x")
        .build());
    source.log(
        run.id(),
        RunBatch.builder()
            .metric("m", Double.MAX_VALUE, 0, START)
            .metric("m", 1, 1, START)
            .build());
    source.logArtifact(run.id(), "50%.txt", new byte[1]);
    source.logArtifact(run.id(), "fine.txt", new byte[1]);

    CopyReport report = copy.experiments(source, fixture.tracker);

    assertThat(report.left()).hasSize(4);
    assertThat(String.join("\n", report.left()))
        .contains("note", "qilin.mine", "largest double", "50%.txt");
    assertThat(report.points()).isEqualTo(1);
    assertThat(report.artifacts()).isEqualTo(1);
    assertThat(copy.experiments(source, fixture.tracker).isNothingNew()).isTrue();
  }

  @Test
  void whenCopiedBack_thenTheEmbeddedStoreHasItAgain() {
    fill();
    copy.experiments(source, fixture.tracker);
    try (Database other = Database.sqlite(folder.resolve("b.db"))) {
      EmbeddedTracker back = Fixture.embedded(other, Fixture.artifacts(folder.resolve("b")));
      MlflowCopy backwards = MlflowCopy.from("mlflow", new Cancellation());
      CopyReport report = backwards.experiments(fixture.tracker, back);
      assertThat(report.left()).isEmpty();
      assertSame(fixture.tracker, back, false);
      assertThat(backwards.experiments(fixture.tracker, back).isNothingNew()).isTrue();
    }
  }

  @Test
  void whenTheCallerCancels_thenItStops() {
    fill();
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    refuses(
        ErrorCode.CANCELLED,
        () -> MlflowCopy.from("a", cancellation).experiments(source, fixture.tracker));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> MlflowCopy.from("a:b", cancellation));
  }

  private ModelId version(String content, String run) {
    String digest = Fixture.stored(artifacts, content.getBytes(StandardCharsets.UTF_8));
    return models
        .register(ModelDraft.builder(
                "m", "linear", new ModelSignature(List.of("x"), ModelSignature.Missing.ACCEPTED))
            .file("model.bin", digest)
            .lineage(new ModelLineage("d", "f", "c", run, Optional.empty()))
            .metric("ic", Double.NaN)
            .description("v " + content)
            .build())
        .id();
  }

  private void fillModels() {
    fill();
    String run = runs(source).get("main/child 1").id();
    ModelId first = version("1", run);
    ModelId second = version("2", "elsewhere");
    ModelId third = version("3", run);
    ModelId fourth = version("4", "");
    models.move(first, ModelStage.PRODUCTION, WHY);
    models.move(third, ModelStage.PRODUCTION, WHY);
    models.move(fourth, ModelStage.STAGING, WHY);
    models.delete(second);
    models.setAlias(fourth, "challenger");
    models.setAlias(fourth, "with.dot");
  }

  private void assertModels() {
    List<ModelVersion> there = target.versions("m", 10);
    assertThat(there)
        .extracting(version ->
            version.draft().description() + " " + version.stage() + " " + version.aliases())
        .containsExactly("v 4 STAGING [challenger]", "v 3 PRODUCTION []", "v 1 ARCHIVED []");
    for (ModelVersion version : there) {
      assertThat(target.file(version.id(), "model.bin"))
          .asString()
          .isEqualTo(version.draft().description().substring(2));
    }
    assertThat(there.get(2).draft().lineage().runId())
        .isEqualTo(runs(fixture.tracker).get("main/child 1").id());
    assertThat(target.previous("m").map(version -> version.draft().description()))
        .contains("v 1");
  }

  @Test
  void whenModelsAreCopied_thenVersionsStagesAndAliasesAreThere() {
    fillModels();
    copy.experiments(source, fixture.tracker);

    CopyReport report = copy.models(models, target, fixture.tracker, artifacts);

    assertThat(report.versions()).isEqualTo(3);
    assertThat(String.join("\n", report.left()))
        .contains("m/3, which is m/2", "m/4, which is m/3", "history of moves", "with.dot");
    assertModels();
    assertThat(copy.models(models, target, fixture.tracker, artifacts).versions())
        .isZero();
    assertModels();
    assertThat(target.rollback("m", WHY).draft().description()).isEqualTo("v 1");
  }

  @Test
  void whenTheCopyOfModelsDies_thenTheNextOneCompletesIt() {
    fillModels();
    copy.experiments(source, fixture.tracker);
    int died = 0;
    for (int requests = 5; ; requests += 6) {
      fixture.mlflow.dieAfter(requests);
      try {
        copy.models(models, target, fixture.tracker, artifacts);
        break;
      } catch (QilinException e) {
        assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.NETWORK);
        died++;
      }
    }
    fixture.mlflow.heal();
    assertThat(died).isGreaterThan(5);
    assertModels();
  }

  @Test
  void whenTheTargetHasGoneOn_thenACopyDoesNotTakeItsProductionAndAliases() {
    ModelId old = version("1", "");
    models.move(old, ModelStage.PRODUCTION, WHY);
    models.setAlias(old, "champion");
    copy.models(models, target, fixture.tracker, artifacts);
    ModelId own = target
        .register(ModelDraft.builder(
                "m", "linear", new ModelSignature(List.of("x"), ModelSignature.Missing.ACCEPTED))
            .file("model.bin", Fixture.stored(artifacts, new byte[] {9}))
            .build())
        .id();
    target.promote(own, 1, WHY);
    target.setAlias(own, "champion");

    CopyReport report = copy.models(models, target, fixture.tracker, artifacts);

    assertThat(target.production("m").map(ModelVersion::id)).contains(own);
    assertThat(target.alias("m", "champion").map(ModelVersion::id)).contains(own);
    assertThat(String.join("\n", report.left()))
        .contains("in production of m, which stays m/2", "'champion'");
  }

  @Test
  void whenAFileIsTooLongToBeRead_thenTheRestIsCopiedAndThatIsReported() {
    Run run =
        fixture.tracker.startRun(RunStart.in(fixture.tracker.experiment("files").id())
            .name("r")
            .started(START)
            .build());
    fixture.tracker.logArtifact(run.id(), "long", new byte[2_000]);
    fixture.tracker.logArtifact(run.id(), "short", new byte[10]);
    MlflowTracker small = MlflowTracker.of(
        fixture.server(fixture.mlflow.uri()).mostBytesInMemory(1_000).build());

    CopyReport report = copy.experiments(small, source);

    assertThat(report.artifacts()).isEqualTo(1);
    assertThat(String.join("\n", report.left())).contains("'long'", "too long");
    assertThat(runs(source).get("files/r").artifacts()).hasSize(1);
  }
}
