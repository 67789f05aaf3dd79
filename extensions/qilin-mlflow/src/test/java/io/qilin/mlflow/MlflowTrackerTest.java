package io.qilin.mlflow;

import static io.qilin.mlflow.MlflowFaultsTest.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Experiment;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunArtifact;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunCondition.Comparison;
import io.qilin.api.model.RunOrder;
import io.qilin.api.model.RunQuery;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.RunStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special when experiments are in MLflow. */
@Timeout(120)
class MlflowTrackerTest {
  private static final Instant START = Instant.parse("2024-01-02T07:00:00Z");

  private final Fixture fixture = new Fixture();
  private final MlflowTracker tracker = fixture.tracker;

  @AfterEach
  void close() {
    fixture.close();
  }

  private Run begun(String name) {
    return tracker.startRun(
        RunStart.in(tracker.experiment("main").id()).name(name).started(START).build());
  }

  private List<String> found(RunQuery.Builder query) {
    List<String> names = new ArrayList<>();
    RunQuery at = query.build();
    var page = tracker.search(at);
    page.items().forEach(run -> names.add(run.name()));
    while (page.next().isPresent()) {
      page = tracker.search(at.after(page.next().get()));
      page.items().forEach(run -> names.add(run.name()));
    }
    return names;
  }

  private RunQuery.Builder main() {
    return RunQuery.in(tracker.experiment("main").id());
  }

  @Test
  void whenABatchIsLargerThanACall_thenItGoesInSeveral() {
    Run run = begun("large");
    RunBatch.Builder batch = RunBatch.builder();
    for (int i = 0; i < 1_500; i++) {
      batch.metric("loss", 1.0 / (i + 1), i, START.plusMillis(i));
    }
    for (int i = 0; i < 120; i++) {
      batch.param("p" + i, "值".repeat(4_900));
      batch.tag("t" + i, "x".repeat(i));
    }
    tracker.log(run.id(), batch.build());

    Run now = tracker.run(run.id());
    assertThat(now.params()).hasSize(120).containsEntry("p7", "值".repeat(4_900));
    assertThat(now.tags()).hasSize(120);
    assertThat(Pages.history(tracker, run.id(), "loss")).isEqualTo(batch.build().metrics());
    assertThat(fixture.mlflow.succeeded("runs/log-batch")).isGreaterThan(4);
    assertThat(fixture.mlflow.log()).noneMatch(line -> line.endsWith(" 400"));
  }

  @ParameterizedTest
  @ValueSource(ints = {5_000, 5_001, 65_536})
  void whenAValueIsLong_thenItIsKeptWhole(int length) {
    String value = "涨停".repeat(length / 2) + "x".repeat(length % 2);
    Run run = tracker.startRun(RunStart.in(tracker.experiment("main").id())
        .name("long")
        .tag("note", value)
        .build());
    tracker.log(run.id(), RunBatch.builder().param("features", value).build());
    tracker.log(run.id(), RunBatch.builder().param("features", value).build());

    Run now = fixture.tracker.run(run.id());
    assertThat(now.params()).containsExactly(Map.entry("features", value));
    assertThat(now.tags()).containsExactly(Map.entry("note", value));
    assertThat(now.artifacts()).isEmpty();
    assertThat(found(main().where(RunCondition.param("features", value)))).containsExactly("long");
    refuses(
        ErrorCode.CONFLICT,
        () -> tracker.log(
            run.id(),
            RunBatch.builder().param("features", "y" + value.substring(1)).build()));
  }

  @Test
  void whenTheFileOfALongValueIsLost_thenTheServerIsNotBlamed() {
    Run run = begun("lost");
    String value = "x".repeat(6_000);
    tracker.log(run.id(), RunBatch.builder().param("p", value).build());
    fixture.mlflow.lose("/qilin/long/" + Digests.of(value));
    QilinException thrown =
        refuses(ErrorCode.STORE_DAMAGED, () -> MlflowTracker.of(fixture.server).run(run.id()));
    assertThat(thrown).hasMessageContaining("is not there");
  }

  @Test
  void whenAValueLooksLikeTheMarkOfALongOne_thenItIsKeptToo() {
    Run run = begun("marks");
    String mark = LongValues.shortened("x".repeat(6_000));
    tracker.log(run.id(), RunBatch.builder().param("p", mark).param("empty", "").build());
    assertThat(tracker.run(run.id()).params()).isEqualTo(Map.of("p", mark, "empty", ""));
  }

  @Test
  void whenMlflowHasNoPlaceForIt_thenItIsRefusedBeforeAnythingIsSent() {
    Run run = begun("refused");
    long before = fixture.mlflow.succeeded("runs/log-batch");
    for (String key : List.of("mlflow.runName", "qilin.token")) {
      refuses(
          ErrorCode.INVALID_ARGUMENT,
          () -> tracker.log(run.id(), RunBatch.builder().tag(key, "x").build()));
      refuses(
          ErrorCode.INVALID_ARGUMENT, () -> tracker.createExperiment("other", Map.of(key, "x")));
      refuses(
          ErrorCode.INVALID_ARGUMENT,
          () -> tracker.startRun(RunStart.in(run.experiment()).tag(key, "x").build()));
    }
    for (double value : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}) {
      refuses(
          ErrorCode.INVALID_ARGUMENT,
          () -> tracker.log(
              run.id(),
              RunBatch.builder().param("p", "1").metric("m", value, 0, START).build()));
    }
    refuses(
        ErrorCode.INVALID_ARGUMENT,
        () -> tracker.log(
            run.id(), RunBatch.builder().metric("qilin.late/v/m", 1, 0, START).build()));
    for (String name : List.of("a#b", "a%2e", "qilin/long/x")) {
      refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker.logArtifact(run.id(), name, new byte[1]));
    }
    refuses(
        ErrorCode.LIMIT_EXCEEDED,
        () -> tracker.createExperiment("other", Map.of("note", "x".repeat(5_001))));
    assertThat(fixture.mlflow.succeeded("runs/log-batch")).isEqualTo(before);
    assertThat(tracker.findExperiment("other")).isEmpty();
    assertThat(tracker.run(run.id()).params()).isEmpty();
  }

  @Test
  void whenANameIsLongerThanMlflowsColumn_thenItIsKeptAndFound() {
    String name = "名".repeat(500);
    Run run = begun(name);
    assertThat(tracker.run(run.id()).name()).isEqualTo(name);
    assertThat(found(main().where(RunCondition.name(name)))).containsExactly(name);
  }

  @Test
  void whenTextsHaveQuotes_thenTheyAreFoundAllTheSame() {
    String odd = "it's \"quoted\"` and; --not\nsql";
    Run run = begun("odd");
    begun("other");
    tracker.log(run.id(), RunBatch.builder().param("a b/c", odd).tag("t", odd).build());
    assertThat(found(main().where(RunCondition.param("a b/c", odd)))).containsExactly("odd");
    assertThat(found(main().where(RunCondition.tag("t", odd)).size(1))).containsExactly("odd");
  }

  @Test
  void whenAMetricIsNotKnown_thenItIsNotTakenForZero() {
    for (String name : List.of("nan", "zero", "inf", "none")) {
      Run run = begun(name);
      double value =
          name.equals("nan") ? Double.NaN : name.equals("inf") ? Double.POSITIVE_INFINITY : 0;
      if (!name.equals("none")) {
        tracker.log(run.id(), RunBatch.builder().metric("m", value, 0, START).build());
      }
    }
    assertThat(found(main().where(RunCondition.metric("m", Comparison.AT_MOST, 0))))
        .containsExactly("zero");
    assertThat(found(main().where(RunCondition.metric("m", Comparison.ABOVE, 1e300))))
        .containsExactly("inf");
    assertThat(found(
            main().where(RunCondition.metric("m", Comparison.EQUAL, Double.POSITIVE_INFINITY))))
        .containsExactly("inf");
    for (int size = 1; size <= 5; size++) {
      assertThat(found(main().order(RunOrder.greatest("m")).size(size)))
          .containsExactly("inf", "zero", "none", "nan");
    }
  }

  @Test
  void whenTheLastPointOfARunIsLate_thenSearchesKnowIt() {
    for (int i = 0; i < 5; i++) {
      Run run = begun("r" + i);
      tracker.log(run.id(), RunBatch.builder().metric("m", i, 1, START).build());
    }
    Run late =
        tracker.search(main().where(RunCondition.name("r0")).build()).items().get(0);
    tracker.log(late.id(), RunBatch.builder().metric("m", 9, 1, START).build());

    assertThat(found(
            main().where(RunCondition.metric("m", Comparison.ABOVE, 2)).order(RunOrder.least("m"))))
        .containsExactly("r3", "r4", "r0");
    for (int size = 1; size <= 6; size++) {
      assertThat(found(main().order(RunOrder.greatest("m")).size(size)))
          .containsExactly("r0", "r4", "r3", "r2", "r1");
    }
  }

  @Test
  void whenAFileIsOnTheDisk_thenItGoesThereAndComesBackInBoundedMemory(@TempDir Path folder)
      throws IOException {
    byte[] content = new byte[3 << 20];
    new Random(3).nextBytes(content);
    Path file = Files.write(folder.resolve("model.bin"), content);
    Run run = begun("files");

    RunArtifact kept = tracker.logArtifact(run.id(), "a b/模型+1.bin", file);

    assertThat(kept.bytes()).isEqualTo(content.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(tracker.copyArtifact(run.id(), "a b/模型+1.bin", out)).isEqualTo(content.length);
    assertThat(out.toByteArray()).isEqualTo(content);
    MlflowTracker small = MlflowTracker.of(
        fixture.server(fixture.mlflow.uri()).mostBytesInMemory(1 << 20).build());
    refuses(ErrorCode.LIMIT_EXCEEDED, () -> small.artifact(run.id(), "a b/模型+1.bin"));
    refuses(
        ErrorCode.DATA_NOT_FOUND, () -> tracker.logArtifact(run.id(), "x", folder.resolve("none")));
  }

  @Test
  void whenAnotherProgramLogged_thenQilinShowsWhatItHasWordsFor() {
    Run run = begun("foreign");
    MlflowApi api = fixture.server.api();
    var body = Json.object().put("run_id", run.id());
    body.putArray("metrics")
        .addObject()
        .put("key", "negative")
        .put("value", 1)
        .put("timestamp", 5)
        .put("step", -1);
    body.putArray("tags").addObject().put("key", "mlflow.source.name").put("value", "train.py");
    api.post("runs/log-batch", body);
    api.post("runs/update", Json.object().put("run_id", run.id()).put("status", "SCHEDULED"));
    api.put(
        run.experiment() + "/" + run.id() + "/artifacts/other.txt",
        () -> BodyPublishers.ofString("hello"));

    Run now = tracker.run(run.id());
    assertThat(now.metrics()).isEmpty();
    assertThat(now.tags()).isEmpty();
    assertThat(now.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(tracker.artifact(run.id(), "other.txt")).asString().isEqualTo("hello");
    assertThat(found(main().where(RunCondition.status(RunStatus.RUNNING))))
        .containsExactly("foreign");
  }

  @Test
  void whenSeveralClientsWorkAtOnce_thenAllOfItIsThere() throws Exception {
    Experiment experiment = tracker.experiment("crowd");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> runs = new ArrayList<>();
      for (int client = 0; client < 4; client++) {
        MlflowTracker own =
            MlflowTracker.of(fixture.server(fixture.mlflow.uri()).build());
        int number = client;
        runs.add(threads.submit(() -> {
          Run run = own.startRun(RunStart.in(experiment.id()).name("c" + number).build());
          for (int i = 0; i < 10; i++) {
            own.log(
                run.id(),
                RunBatch.builder().metric("m", i, i, START).tag("t" + i, "x").build());
          }
          own.logArtifact(run.id(), "f", new byte[] {(byte) number});
          own.endRun(run.id(), RunStatus.FINISHED, START);
          return run.id();
        }));
      }
      for (int client = 0; client < 4; client++) {
        Run run = tracker.run(runs.get(client).get());
        assertThat(run.tags()).hasSize(10);
        assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(Pages.history(tracker, run.id(), "m")).hasSize(10);
        assertThat(tracker.artifact(run.id(), "f")).containsExactly(client);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(found(RunQuery.in(experiment.id()).size(3))).hasSize(4);
  }

  @Test
  void whenAnotherWritesTheParamFirst_thenItIsAConflict() {
    Run run = begun("raced");
    // Between the look and the write of this tracker.
    fixture.mlflow.fail("runs/log-batch", MlflowDouble.Fault.UNAVAILABLE, 1);
    MlflowServer slow = fixture
        .server(fixture.mlflow.uri())
        .pause(
            nanos -> tracker.log(run.id(), RunBatch.builder().param("lr", "0.2").build()))
        .build();
    refuses(
        ErrorCode.CONFLICT,
        () -> MlflowTracker.of(slow)
            .log(run.id(), RunBatch.builder().param("lr", "0.1").build()));
    assertThat(tracker.run(run.id()).params()).containsEntry("lr", "0.2");
  }

  @Test
  void whenFilesDoNotGoThroughTheServer_thenThatIsSaid() {
    for (String uri : List.of("s3://bucket/1", "/var/lib/mlruns", "file:///x")) {
      QilinException thrown = refuses(ErrorCode.UNSUPPORTED, () -> Artifacts.root(uri));
      assertThat(thrown).hasMessageContaining("--serve-artifacts");
    }
    assertThat(Artifacts.root("mlflow-artifacts://host:5000/1/a/artifacts"))
        .isEqualTo("1/a/artifacts");
    refuses(ErrorCode.NETWORK, () -> Artifacts.root("mlflow-artifacts:/1/../../etc"));
    Endpoint endpoint = new Endpoint("http://127.0.0.1", Optional.empty());
    for (String path : List.of("1/../2", "1//2", "/1", "1/..", "1/a\\b", "")) {
      refuses(ErrorCode.INVALID_ARGUMENT, () -> endpoint.file(path));
    }
  }

  @Test
  void whenAFileIsOnItsWay_thenTheRunTakesLogsMeanwhile() {
    Run run = begun("uploading");
    fixture.mlflow.fail("/artifacts/f", MlflowDouble.Fault.UNAVAILABLE, 1);
    List<RunArtifact> kept = new ArrayList<>();
    ExecutorService other = Executors.newSingleThreadExecutor();
    MlflowTracker[] shared = new MlflowTracker[1];
    MlflowServer server = fixture
        .server(fixture.mlflow.uri())
        .pause(nanos -> {
          try {
            other
                .submit(() ->
                    shared[0].log(run.id(), RunBatch.builder().tag("t", "x").build()))
                .get(30, TimeUnit.SECONDS);
          } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
          }
        })
        .build();
    shared[0] = MlflowTracker.of(server);
    try {
      kept.add(shared[0].logArtifact(run.id(), "f", new byte[3]));
    } finally {
      other.shutdownNow();
    }
    Run now = tracker.run(run.id());
    assertThat(now.tags()).containsEntry("t", "x");
    assertThat(now.artifacts()).isEqualTo(kept);
  }

  @Test
  void whenAnotherProgramGaveATimeThatCannotBe_thenTheExperimentIsStillReadable() {
    Run run = begun("odd");
    MlflowApi api = fixture.server.api();
    api.post(
        "runs/update",
        Json.object()
            .put("run_id", run.id())
            .put("status", "FINISHED")
            .put("end_time", 1_700_000_000_000_000L));
    assertThat(found(main())).containsExactly("odd");
    assertThat(tracker.run(run.id()).ended()).contains(Instant.parse("9999-12-31T23:59:59.999Z"));
  }

  @Test
  void whenARunHasBegun_thenItIsGivenWithoutAnotherLook() {
    Run run = begun("one");
    long looks = fixture.mlflow.succeeded("runs/get");
    Run next = tracker.startRun(
        RunStart.in(run.experiment()).name("two").owner("me").tag("t", "x").build());
    assertThat(fixture.mlflow.succeeded("runs/get")).isEqualTo(looks);
    assertThat(next).isEqualTo(tracker.run(next.id()));
  }
}
