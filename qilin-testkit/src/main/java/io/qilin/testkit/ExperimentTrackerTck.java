package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Experiment;
import io.qilin.api.model.ExperimentTracker;
import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.Page;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunArtifact;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunComparison;
import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunCondition.Comparison;
import io.qilin.api.model.RunOrder;
import io.qilin.api.model.RunQuery;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.RunStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link ExperimentTracker}: extend, supply a tracker that may have other experiments already, run. Names of
 * experiments begin with {@link #prefix}.
 */
public abstract class ExperimentTrackerTck {
  private static final Instant START = Instant.parse("2024-01-02T07:00:00.123Z");
  private static final String UNKNOWN = "0123456789abcdef0123456789abcdef";

  /** For implementers to extend. */
  protected ExperimentTrackerTck() {}

  /** The tracker; in one test always the same. */
  protected abstract ExperimentTracker tracker();

  /** Begins the names of this test's experiments, so that they are not there yet. */
  protected abstract String prefix();

  private Experiment experiment() {
    return tracker().experiment(prefix() + "main");
  }

  private Run started(String name) {
    return tracker()
        .startRun(RunStart.in(experiment().id()).name(name).started(START).build());
  }

  private static void refuses(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private void log(Run run, String metric, double value) {
    tracker().log(run.id(), RunBatch.builder().metric(metric, value, 1, START).build());
  }

  private List<String> names(RunQuery.Builder query) {
    List<String> names = new ArrayList<>();
    RunQuery at = query.build();
    Page<Run> page = tracker().search(at);
    page.items().forEach(run -> names.add(run.name()));
    while (page.next().isPresent()) {
      assertThat(page.items()).hasSize(at.size());
      page = tracker().search(at.after(page.next().get()));
      page.items().forEach(run -> names.add(run.name()));
    }
    return names;
  }

  @Test
  void whenAnExperimentIsMade_thenItIsFoundByItsName() {
    Map<String, String> tags = Map.of("team", "因子", "note", "two\nlines");
    Experiment made = tracker().createExperiment(prefix() + "made", tags);
    assertThat(made.tags()).isEqualTo(tags);
    assertThat(made.deleted()).isFalse();
    assertThat(tracker().findExperiment(made.name())).contains(made);
    assertThat(tracker().experiment(made.name())).isEqualTo(made);
    assertThat(tracker().findExperiment(prefix() + "other")).isEmpty();
  }

  @Test
  void whenANameIsTaken_thenTheSecondIsRefused() {
    Experiment made = experiment();
    refuses(ErrorCode.CONFLICT, () -> tracker().createExperiment(made.name(), Map.of()));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker().createExperiment(" ", Map.of()));
  }

  @Test
  void whenManyAskForOneExperiment_thenTheyGetTheSame()
      throws InterruptedException, ExecutionException {
    List<String> ids =
        Parallel.answers(() -> tracker().experiment(prefix() + "raced").id());
    assertThat(ids).hasSize(4).containsOnly(ids.get(0));
  }

  @Test
  void whenAnExperimentIsPutAway_thenItTakesNoRunsUntilItIsRestored() {
    Experiment made = experiment();
    started("before");
    tracker().deleteExperiment(made.id());
    tracker().deleteExperiment(made.id());
    assertThat(tracker().findExperiment(made.name()).orElseThrow().deleted()).isTrue();
    refuses(ErrorCode.CONFLICT, () -> tracker().experiment(made.name()));
    refuses(ErrorCode.CONFLICT, () -> tracker().startRun(RunStart.in(made.id()).build()));
    refuses(ErrorCode.CONFLICT, () -> tracker().createExperiment(made.name(), Map.of()));
    tracker().restoreExperiment(made.id());
    tracker().restoreExperiment(made.id());
    started("after");
    assertThat(names(RunQuery.in(made.id()).order(RunOrder.OLDEST)))
        .containsExactly("before", "after");
  }

  @Test
  void whenExperimentsAreListed_thenPageByPage() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(tracker().createExperiment(prefix() + i, Map.of()).name());
    }
    tracker().deleteExperiment(tracker().experiment(made.get(2)).id());
    List<String> listed = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Page<Experiment> page = tracker().experiments(RunQuery.View.ACTIVE, 2, after);
      page.items().forEach(one -> listed.add(one.name()));
      after = page.next();
    } while (after.isPresent());
    assertThat(listed).containsSubsequence(made.get(0), made.get(1), made.get(3), made.get(4));
    assertThat(listed).doesNotContain(made.get(2));
  }

  @Test
  void whenARunBegins_thenItIsAsItWasStarted() {
    Run parent = started("parent");
    RunStart start = RunStart.in(experiment().id())
        .name("第一轮 run")
        .parent(parent.id())
        .owner("host-1/4711")
        .started(START)
        .tag("stage", "trial")
        .build();
    Run run = tracker().startRun(start);
    assertThat(run.name()).isEqualTo("第一轮 run");
    assertThat(run.experiment()).isEqualTo(experiment().id());
    assertThat(run.parent()).contains(parent.id());
    assertThat(run.owner()).isEqualTo("host-1/4711");
    assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run.started()).isEqualTo(START);
    assertThat(run.ended()).isEmpty();
    assertThat(run.deleted()).isFalse();
    assertThat(run.tags()).containsExactly(Map.entry("stage", "trial"));
    assertThat(run.params()).isEmpty();
    assertThat(run.metrics()).isEmpty();
    assertThat(run.artifacts()).isEmpty();
    assertThat(tracker().run(run.id())).isEqualTo(run);
  }

  @Test
  void whenNothingIsSaidOfARun_thenItHasANameAndATime() {
    Run run = tracker().startRun(RunStart.in(experiment().id()).build());
    assertThat(run.name()).isNotBlank();
    assertThat(run.parent()).isEmpty();
    assertThat(run.started()).isAfter(Instant.EPOCH);
  }

  @Test
  void whenItIsNotThere_thenThatIsSaid() {
    Run run = started("there");
    Run elsewhere = tracker()
        .startRun(RunStart.in(tracker().experiment(prefix() + "else").id()).build());
    for (String id : List.of(UNKNOWN, "", "../x", "a\u0000b")) {
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().run(id));
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().startRun(RunStart.in(id).build()));
      refuses(
          ErrorCode.DATA_NOT_FOUND, () -> tracker().log(id, RunBatch.builder().build()));
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().endRun(id, RunStatus.FAILED, START));
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().deleteRun(id));
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().restoreRun(id));
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().deleteExperiment(id));
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().restoreExperiment(id));
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().history(id, "ic", 10, Optional.empty()));
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().logArtifact(id, "a", new byte[1]));
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().artifact(id, "a"));
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().search(RunQuery.in(id).build()));
      refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().compare(List.of(run.id(), id)));
      refuses(
          ErrorCode.DATA_NOT_FOUND,
          () -> tracker().startRun(RunStart.in(experiment().id()).parent(id).build()));
    }
    refuses(
        ErrorCode.DATA_NOT_FOUND,
        () -> tracker()
            .startRun(RunStart.in(experiment().id()).parent(elsewhere.id()).build()));
    refuses(ErrorCode.DATA_NOT_FOUND, () -> tracker().artifact(run.id(), "none"));
  }

  @Test
  void whenABatchIsLogged_thenAllOfItIsThere() {
    Run run = started("batch");
    String longValue = "因子,".repeat(2_000);
    tracker()
        .log(
            run.id(),
            RunBatch.builder()
                .param("lr", "0.1")
                .param("features/long", longValue)
                .metric("ic", 0.03, 1, START)
                .metric("ic", 0.05, 2, START.plusSeconds(1))
                .tag("note", "first")
                .build());
    tracker().log(run.id(), RunBatch.builder().tag("note", "second").build());
    Run now = tracker().run(run.id());
    assertThat(now.params())
        .containsExactly(Map.entry("features/long", longValue), Map.entry("lr", "0.1"));
    assertThat(now.tags()).containsExactly(Map.entry("note", "second"));
    assertThat(now.metrics())
        .containsExactly(Map.entry("ic", new MetricPoint("ic", 0.05, 2, START.plusSeconds(1))));
  }

  @Test
  void whenAParamIsWrittenAgain_thenOnlyTheSameValueIsTaken() {
    Run run = started("params");
    tracker().log(run.id(), RunBatch.builder().param("lr", "0.1").build());
    tracker().log(run.id(), RunBatch.builder().param("lr", "0.1").build());
    RunBatch other = RunBatch.builder()
        .param("lr", "0.2")
        .metric("ic", 1, 1, START)
        .tag("a", "b")
        .build();
    refuses(ErrorCode.CONFLICT, () -> tracker().log(run.id(), other));
    Run now = tracker().run(run.id());
    assertThat(now.params()).containsExactly(Map.entry("lr", "0.1"));
    assertThat(now.metrics()).isEmpty();
    assertThat(now.tags()).isEmpty();
  }

  @Test
  void whenAMetricHasManyPoints_thenItsHistoryIsInOrder() {
    Run run = started("history");
    RunBatch.Builder first = RunBatch.builder();
    RunBatch.Builder second = RunBatch.builder();
    for (int step = 0; step < 10; step++) {
      second.metric("loss", 1.0 / (step + 1), step + 10, START.plusSeconds(step + 10));
      first.metric("loss", 2.0 / (step + 1), step, START.plusSeconds(step));
    }
    second.metric("loss", 7, 19, START.plusSeconds(30));
    tracker().log(run.id(), second.build());
    tracker().log(run.id(), first.metric("other", 1, 0, START).build());

    List<MetricPoint> points = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Page<MetricPoint> page = tracker().history(run.id(), "loss", 4, after);
      points.addAll(page.items());
      after = page.next();
    } while (after.isPresent());

    assertThat(points).hasSize(21);
    assertThat(points.stream().map(MetricPoint::step)).isSorted();
    assertThat(points.get(19).value()).isCloseTo(0.1, within(1e-12));
    assertThat(points.get(20).value()).isEqualTo(7);
    assertThat(tracker().run(run.id()).metric("loss")).isEqualTo(7);
    assertThat(tracker().history(run.id(), "none", 4, Optional.empty()).items()).isEmpty();
  }

  @Test
  void whenAMetricIsNotANumber_thenItIsKept() {
    Run run = started("nan");
    log(run, "nan", Double.NaN);
    assertThat(tracker().run(run.id()).metrics()).containsKey("nan");
    assertThat(tracker().run(run.id()).metric("nan")).isNaN();
    assertThat(tracker().history(run.id(), "nan", 9, Optional.empty()).items())
        .singleElement()
        .satisfies(point -> assertThat(point.value()).isNaN());
  }

  @Test
  void whenARunEnds_thenItStaysSo() {
    Run run = started("end");
    Instant end = START.minusSeconds(5);
    tracker().endRun(run.id(), RunStatus.FINISHED, end);
    tracker().endRun(run.id(), RunStatus.FINISHED, end.plusSeconds(60));
    refuses(ErrorCode.CONFLICT, () -> tracker().endRun(run.id(), RunStatus.FAILED, end));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker().endRun(run.id(), RunStatus.RUNNING, end));
    log(run, "late", 1);
    Run now = tracker().run(run.id());
    assertThat(now.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(now.ended()).contains(end);
    assertThat(now.metric("late")).isEqualTo(1);
  }

  @Test
  void whenARunIsPutAway_thenItIsHiddenAndTakesNothing() {
    Run run = started("away");
    tracker().deleteRun(run.id());
    tracker().deleteRun(run.id());
    assertThat(tracker().run(run.id()).deleted()).isTrue();
    assertThat(names(RunQuery.in(experiment().id()))).isEmpty();
    assertThat(names(RunQuery.in(experiment().id()).view(RunQuery.View.DELETED)))
        .containsExactly("away");
    refuses(ErrorCode.CONFLICT, () -> log(run, "ic", 1));
    refuses(ErrorCode.CONFLICT, () -> tracker().logArtifact(run.id(), "a", new byte[1]));
    refuses(ErrorCode.CONFLICT, () -> tracker().endRun(run.id(), RunStatus.FAILED, START));
    tracker().restoreRun(run.id());
    tracker().restoreRun(run.id());
    log(run, "ic", 1);
    assertThat(names(RunQuery.in(experiment().id()))).containsExactly("away");
  }

  @Test
  void whenAFileIsLogged_thenItComesBackWithItsDigest() {
    Run run = started("files");
    byte[] content = "日期,收益\n2024-01-02,0.01\n".getBytes(StandardCharsets.UTF_8);
    RunArtifact logged = tracker().logArtifact(run.id(), "reports/收益.csv", content);
    tracker().logArtifact(run.id(), "empty", new byte[0]);
    assertThat(logged.bytes()).isEqualTo(content.length);
    assertThat(tracker().artifact(run.id(), "reports/收益.csv")).isEqualTo(content);
    assertThat(tracker().artifact(run.id(), "empty")).isEmpty();
    assertThat(tracker().run(run.id()).artifacts())
        .extracting(RunArtifact::name)
        .containsExactly("empty", "reports/收益.csv");
    tracker().logArtifact(run.id(), "empty", content);
    assertThat(tracker().artifact(run.id(), "empty")).isEqualTo(content);
    for (String name : List.of("", "..", "../x", "/x", "a//b", "a/../b", "a\\b", "a\u0000", " ")) {
      refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker().logArtifact(run.id(), name, content));
    }
  }

  private void threeRuns() {
    for (int i = 0; i < 3; i++) {
      Run run = tracker()
          .startRun(RunStart.in(experiment().id())
              .name("r" + i)
              .owner(i == 2 ? "b" : "a")
              .started(START.plusSeconds(i))
              .build());
      tracker()
          .log(
              run.id(),
              RunBatch.builder()
                  .param("model", i == 0 ? "linear" : "lgb")
                  .metric("ic", 0.01 * (i + 1), 1, START)
                  .tag("odd", i == 1 ? "yes" : "no")
                  .build());
      if (i == 1) {
        tracker().endRun(run.id(), RunStatus.FAILED, START.plusSeconds(9));
      }
    }
    started("bare");
  }

  private List<String> found(RunCondition... conditions) {
    RunQuery.Builder query = RunQuery.in(experiment().id()).order(RunOrder.OLDEST);
    for (RunCondition condition : conditions) {
      query.where(condition);
    }
    return names(query).stream().sorted().toList();
  }

  @Test
  void whenRunsAreSearched_thenAllConditionsHold() {
    threeRuns();
    assertThat(found()).containsExactly("bare", "r0", "r1", "r2");
    assertThat(found(RunCondition.param("model", "lgb"))).containsExactly("r1", "r2");
    assertThat(found(RunCondition.param("model", "none"))).isEmpty();
    assertThat(found(RunCondition.tag("odd", "no"))).containsExactly("r0", "r2");
    assertThat(found(RunCondition.owner("a"))).containsExactly("r0", "r1");
    assertThat(found(RunCondition.name("r2"))).containsExactly("r2");
    assertThat(found(RunCondition.status(RunStatus.FAILED))).containsExactly("r1");
    assertThat(found(RunCondition.status(RunStatus.RUNNING))).containsExactly("bare", "r0", "r2");
    assertThat(found(RunCondition.started(START.plusSeconds(1), START.plusSeconds(2))))
        .containsExactly("r1");
    assertThat(found(RunCondition.param("model", "lgb"), RunCondition.tag("odd", "no")))
        .containsExactly("r2");
    RunCondition other = new RunCondition.OfText(RunCondition.Subject.PARAM, "model", false, "lgb");
    assertThat(found(other)).containsExactly("r0");
  }

  @Test
  void whenMetricsAreCompared_thenEachComparisonIsAsItSays() {
    threeRuns();
    assertThat(found(RunCondition.metric("ic", Comparison.ABOVE, 0.02))).containsExactly("r2");
    assertThat(found(RunCondition.metric("ic", Comparison.AT_LEAST, 0.02)))
        .containsExactly("r1", "r2");
    assertThat(found(RunCondition.metric("ic", Comparison.BELOW, 0.02))).containsExactly("r0");
    assertThat(found(RunCondition.metric("ic", Comparison.AT_MOST, 0.02)))
        .containsExactly("r0", "r1");
    assertThat(found(RunCondition.metric("ic", Comparison.EQUAL, 0.02))).containsExactly("r1");
    assertThat(found(RunCondition.metric("ic", Comparison.NOT_EQUAL, 0.02)))
        .containsExactly("r0", "r2");
  }

  @Test
  void whenRunsAreNested_thenTheChildrenOfOneAreFound() {
    Run parent = started("parent");
    for (String name : List.of("child 1", "child 2")) {
      tracker()
          .startRun(
              RunStart.in(experiment().id()).name(name).parent(parent.id()).build());
    }
    assertThat(found(RunCondition.parent(parent.id()))).containsExactly("child 1", "child 2");
  }

  @Test
  void whenRunsAreSorted_thenUnknownValuesComeLastAndPagesJoin() {
    threeRuns();
    Run nan = started("nan");
    log(nan, "ic", Double.NaN);
    Run equal = started("equal");
    log(equal, "ic", 0.02);
    RunQuery.Builder query = RunQuery.in(experiment().id()).size(2);
    assertThat(names(query.order(RunOrder.greatest("ic"))).subList(0, 4))
        .containsExactly("r2", "equal", "r1", "r0");
    assertThat(names(query.order(RunOrder.least("ic"))).subList(0, 4))
        .containsExactly("r0", "r1", "equal", "r2");
    assertThat(names(query.order(RunOrder.greatest("ic")))).hasSize(6).endsWith("nan", "bare");
    assertThat(names(query.order(RunOrder.NEWEST)).subList(0, 2)).containsExactly("r2", "r1");
    assertThat(names(query.order(RunOrder.OLDEST))).endsWith("r1", "r2");
  }

  @Test
  void whenSeveralExperimentsAreSearched_thenTheirRunsAreSortedTogether() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ids.add(tracker().experiment(prefix() + "several" + i).id());
      for (int run = 0; run < 3; run++) {
        tracker()
            .startRun(RunStart.in(ids.get(i))
                .name(i + "-" + run)
                .started(START.plusSeconds(2L * run + i))
                .build());
      }
    }
    assertThat(names(RunQuery.in(ids).size(4).order(RunOrder.OLDEST)))
        .containsExactly("0-0", "1-0", "0-1", "1-1", "0-2", "1-2");
  }

  @Test
  void whenATokenIsOfAnotherQuery_thenItIsRefused() {
    threeRuns();
    RunQuery query = RunQuery.in(experiment().id()).size(1).build();
    String next = tracker().search(query).next().orElseThrow();
    RunQuery other =
        RunQuery.in(experiment().id()).size(1).order(RunOrder.OLDEST).build();
    refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker().search(other.after(next)));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker().search(query.after("nonsense")));
    refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker().search(query.after("")));
  }

  @Test
  void whenRunsAreCompared_thenWhatDiffersStandsSideBySide() {
    threeRuns();
    List<String> ids = new ArrayList<>();
    tracker()
        .search(RunQuery.in(experiment().id())
            .order(RunOrder.greatest("ic"))
            .size(3)
            .build())
        .items()
        .forEach(run -> ids.add(run.id()));
    RunComparison comparison = tracker().compare(ids);
    assertThat(comparison.differences()).containsOnlyKeys("model");
    assertThat(comparison.param("model"))
        .containsExactly(Optional.of("lgb"), Optional.of("lgb"), Optional.of("linear"));
    assertThat(comparison.metric("ic")).containsExactly(0.03, 0.02, 0.01);
    assertThat(comparison.best("ic", false).orElseThrow().name()).isEqualTo("r0");
    refuses(ErrorCode.INVALID_ARGUMENT, () -> tracker().compare(List.of()));
  }

  @Test
  void whenManyLogToOneRun_thenNothingIsLost() throws InterruptedException, ExecutionException {
    Run run = started("raced");
    Parallel.answers(() -> {
      for (int i = 0; i < 5; i++) {
        tracker()
            .log(
                run.id(),
                RunBatch.builder().param("p", "same").metric("ic", i, i, START).build());
      }
      return true;
    });
    assertThat(tracker().history(run.id(), "ic", 100, Optional.empty()).items()).hasSize(20);
    assertThat(tracker().run(run.id()).metric("ic")).isEqualTo(4);
  }
}
