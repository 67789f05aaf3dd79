package io.qilin.mlops.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Experiment;
import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunQuery;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.RunStatus;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.artifact.Collected;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the embedded tracker promises beyond the contract of every tracker. */
class EmbeddedTrackerTest {
  private static final Instant START = Instant.parse("2024-01-02T07:00:00Z");

  private final SettableClock clock = SettableClock.at(START);

  @TempDir
  Path folder;

  private ArtifactStore artifacts() {
    return ArtifactStore.open(folder.resolve("artifacts"), clock);
  }

  private EmbeddedTracker open(Database database, long seed) {
    return EmbeddedTracker.open(database, artifacts(), clock, new Random(seed));
  }

  private static void refuses(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenAnotherProcessOpensTheStore_thenItSeesTheRunsAsTheyAre(StoreKind kind) {
    try (TestStore store = kind.open(folder)) {
      EmbeddedTracker one = open(store.database(), 1);
      Run run = one.startRun(RunStart.in(one.experiment("e").id()).build());
      one.log(
          run.id(),
          RunBatch.builder()
              .metric("up", Double.POSITIVE_INFINITY, 1, START)
              .metric("down", Double.NEGATIVE_INFINITY, 1, START)
              .metric("none", Double.NaN, 1, START)
              .metric("small", Double.MIN_VALUE, Long.MAX_VALUE, START)
              .build());
      one.logArtifact(run.id(), "a.txt", new byte[] {1, 2});
      EmbeddedTracker other = open(store.another(), 2);
      assertThat(other.run(run.id())).isEqualTo(one.run(run.id()));
      assertThat(other.run(run.id()).metric("up")).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(other.run(run.id()).metric("down")).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(other.run(run.id()).metric("small")).isEqualTo(Double.MIN_VALUE);
      assertThat(other.artifact(run.id(), "a.txt")).containsExactly(1, 2);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(other.copyArtifact(run.id(), "a.txt", out)).isEqualTo(2);
      assertThat(out.toByteArray()).containsExactly(1, 2);
    }
  }

  @Test
  void whenAProcessDied_thenItsRunsAreFoundAndKilledByTheHost() {
    try (TestStore store = StoreKind.SQLITE.open(folder)) {
      EmbeddedTracker tracker = open(store.database(), 1);
      String experiment = tracker.experiment("e").id();
      List<String> mine = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        mine.add(tracker.startRun(RunStart.in(experiment).owner("dead").build()).id());
      }
      Run other = tracker.startRun(RunStart.in(experiment).owner("alive").build());
      tracker.endRun(mine.get(1), RunStatus.FINISHED, START);
      RunQuery left = RunQuery.in(experiment)
          .where(RunCondition.status(RunStatus.RUNNING))
          .where(RunCondition.owner("dead"))
          .build();
      assertThat(tracker.search(left).items())
          .extracting(Run::id)
          .containsExactlyInAnyOrder(mine.get(0), mine.get(2));
      clock.advance(Duration.ofHours(1));
      assertThat(tracker.killRunsOf("dead")).containsExactly(mine.get(0), mine.get(2));
      assertThat(tracker.killRunsOf("dead")).isEmpty();
      assertThat(tracker.run(mine.get(0)).status()).isEqualTo(RunStatus.KILLED);
      assertThat(tracker.run(mine.get(0)).ended()).contains(START.plusSeconds(3600));
      assertThat(tracker.run(mine.get(1)).status()).isEqualTo(RunStatus.FINISHED);
      assertThat(tracker.run(other.id()).status()).isEqualTo(RunStatus.RUNNING);
      refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker.killRunsOf(""));
      refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker.killRunsOf("a\u0000"));
    }
  }

  @Test
  void whenTheClockGoesBack_thenStepsAndRunsKeepTheirOrder() {
    try (TestStore store = StoreKind.SQLITE.open(folder)) {
      EmbeddedTracker tracker = open(store.database(), 1);
      String experiment = tracker.experiment("e").id();
      Run run = tracker.startRun(RunStart.in(experiment).build());
      for (int step = 0; step < 4; step++) {
        clock.advance(Duration.ofMinutes(-10));
        tracker.log(
            run.id(),
            RunBatch.builder().metric("m", step, step / 2, clock.instant()).build());
      }
      List<MetricPoint> points =
          tracker.history(run.id(), "m", 10, Optional.empty()).items();
      assertThat(points).extracting(MetricPoint::value).containsExactly(0.0, 1.0, 2.0, 3.0);
      assertThat(points.get(3).time()).isEqualTo(START.minusSeconds(2400));
      assertThat(tracker.run(run.id()).metric("m")).isEqualTo(3);
      tracker.endRun(run.id(), RunStatus.FINISHED, clock.instant());
      assertThat(tracker.run(run.id()).ended().orElseThrow()).isBefore(run.started());
    }
  }

  @Test
  void whenItIsTooMuch_thenItIsRefusedWholly() {
    try (TestStore store = StoreKind.SQLITE.open(folder)) {
      EmbeddedTracker tracker = open(store.database(), 1);
      Run run = tracker.startRun(RunStart.in(tracker.experiment("e").id()).build());
      String most = "值".repeat(65_536);
      tracker.log(run.id(), RunBatch.builder().param("long", most).build());
      assertThat(tracker.run(run.id()).params()).containsEntry("long", most);
      refuses(
          ErrorCode.LIMIT_EXCEEDED,
          () -> RunBatch.builder().param("long", most + "x").build());
      RunBatch.Builder full = RunBatch.builder();
      for (int i = 0; i < 10_000; i++) {
        full.tag("t" + i, "x");
      }
      tracker.log(run.id(), full.build());
      refuses(ErrorCode.LIMIT_EXCEEDED, () -> full.tag("one more", "x").build());
      refuses(
          ErrorCode.LIMIT_EXCEEDED,
          () -> tracker.log(
              run.id(), RunBatch.builder().tag("one more", "x").param("p", "x").build()));
      Run now = tracker.run(run.id());
      assertThat(now.tags()).hasSize(10_000);
      assertThat(now.params()).hasSize(1);
    }
  }

  @Test
  void whenTextsCannotBeKept_thenTheyAreRefused() {
    for (String text : List.of("a\u0000b", "\ud800", "a\udc00")) {
      refuses(
          ErrorCode.INVALID_ARGUMENT, () -> RunBatch.builder().param("k", text).build());
      refuses(
          ErrorCode.INVALID_ARGUMENT, () -> RunBatch.builder().tag("k", text).build());
      refuses(ErrorCode.INVALID_ARGUMENT, () -> Experiment.requireName(text));
    }
    for (String key :
        List.of("", " ", "a//b", "/a", "a/", "..", "a/../b", "a\n", "a'b", "x".repeat(251))) {
      refuses(
          ErrorCode.INVALID_ARGUMENT, () -> RunBatch.builder().param(key, "x").build());
      refuses(
          ErrorCode.INVALID_ARGUMENT,
          () -> RunBatch.builder().metric(key, 1, 1, START).build());
    }
    refuses(ErrorCode.INVALID_ARGUMENT, () -> new MetricPoint("m", 1, -1, START));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> new MetricPoint("m", 1, 1, Instant.MAX));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> new MetricPoint("m", 1, 1, Instant.MIN));
  }

  @Test
  void whenAnArtifactsNameIsNotInNormalForm_thenItIsRefused() {
    try (TestStore store = StoreKind.SQLITE.open(folder)) {
      EmbeddedTracker tracker = open(store.database(), 1);
      Run run = tracker.startRun(RunStart.in(tracker.experiment("e").id()).build());
      refuses(
          ErrorCode.INVALID_ARGUMENT,
          () -> tracker.logArtifact(run.id(), "e\u0301", new ByteArrayInputStream(new byte[1])));
      assertThat(tracker.logArtifact(run.id(), "\u00e9", new byte[1]).bytes()).isEqualTo(1);
    }
  }

  @Test
  void whenGarbageIsCollected_thenWhatRunsReferToStays() {
    try (TestStore store = StoreKind.SQLITE.open(folder)) {
      EmbeddedTracker tracker = open(store.database(), 1);
      Run run = tracker.startRun(RunStart.in(tracker.experiment("e").id()).build());
      tracker.logArtifact(run.id(), "model", new byte[] {1});
      tracker.logArtifact(run.id(), "model", new byte[] {2, 2});
      tracker.deleteRun(run.id());
      assertThat(artifacts().collect(tracker::refersTo)).isEqualTo(new Collected(1, 1, 1));
      assertThat(tracker.artifact(run.id(), "model")).containsExactly(2, 2);
    }
  }

  @Test
  void whenSeedsAreTheSame_thenIdsAreTheSame() {
    List<String> ids = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      try (Database database = Database.sqlite(folder.resolve(name))) {
        ids.add(open(database, 3).createExperiment("e", Map.of()).id());
      }
    }
    assertThat(ids.get(0)).isEqualTo(ids.get(1)).matches("[0-9a-f]{32}");
  }

  @Test
  void whenTheStoreIsClosed_thenEveryCallIsRefused() {
    EmbeddedTracker tracker;
    Run run;
    try (TestStore store = StoreKind.SQLITE.open(folder)) {
      tracker = open(store.database(), 1);
      run = tracker.startRun(RunStart.in(tracker.experiment("e").id()).build());
    }
    refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker.run(run.id()));
    refuses(
        ErrorCode.INVALID_ARGUMENT,
        () -> tracker.log(run.id(), RunBatch.builder().build()));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker.findExperiment("e"));
  }
}
