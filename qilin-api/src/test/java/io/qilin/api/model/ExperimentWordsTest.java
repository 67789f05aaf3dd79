package io.qilin.api.model;

import static io.qilin.api.Refusals.assertInvalid;
import static io.qilin.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentWordsTest {
  private static final Instant T0 = Instant.parse("2026-11-27T01:02:03.456789Z");
  private static final Instant MILLIS = Instant.parse("2026-11-27T01:02:03.456Z");
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private static Run run(String id, String rate, double ic) {
    return Run.builder(id, "e", "run " + id, T0)
        .param("rate", rate)
        .param("depth", "8")
        .metric(new MetricPoint("ic", ic, 3, T0))
        .build();
  }

  @Test
  void whenARunIsBuilt_thenItsPartsAreSortedAndTimesCut() {
    Run run = Run.builder("r", "e", "a run", T0)
        .parent(Optional.of("p"))
        .owner("host-1")
        .status(RunStatus.FINISHED, Optional.of(T0))
        .deleted(true)
        .param("b", "2")
        .param("a", "1")
        .metric(new MetricPoint("ic", -0.0, 0, T0))
        .tag("note", "first")
        .artifact(new RunArtifact("z.svg", DIGEST, 1))
        .artifact(new RunArtifact("a/b.json", DIGEST, 0))
        .build();

    assertThat(run.started()).isEqualTo(MILLIS);
    assertThat(run.ended()).contains(MILLIS);
    assertThat(run.params().keySet()).containsExactly("a", "b");
    assertThat(run.artifacts()).extracting(RunArtifact::name).containsExactly("a/b.json", "z.svg");
    assertThat(run.metric("ic")).isEqualTo(0.0);
    assertThat(1 / run.metric("ic")).as("no negative zero").isPositive();
    assertThat(run.metric("none")).isNaN();
    assertThat(run.status().ended()).isTrue();
    assertThat(RunStatus.RUNNING.ended()).isFalse();
    assertThat(Run.requireTime(T0)).isEqualTo(MILLIS);
  }

  @Test
  void whenRunsAreCompared_thenDifferencesAndTheBestAreFound() {
    Run nan = run("3", "0.1", Double.NaN);
    RunComparison runs =
        new RunComparison(List.of(nan, run("1", "0.1", 0.03), run("2", "0.2", 0.05)));

    assertThat(runs.paramKeys()).containsExactly("depth", "rate");
    assertThat(runs.metricKeys()).containsExactly("ic");
    assertThat(runs.differences())
        .containsOnlyKeys("rate")
        .containsEntry("rate", List.of(Optional.of("0.1"), Optional.of("0.1"), Optional.of("0.2")));
    assertThat(runs.metric("ic")).containsExactly(Double.NaN, 0.03, 0.05);
    assertThat(runs.best("ic", true)).get().extracting(Run::id).isEqualTo("2");
    assertThat(runs.best("ic", false)).get().extracting(Run::id).isEqualTo("1");
    assertThat(new RunComparison(List.of(nan)).best("ic", true)).isEmpty();
    assertThat(runs.best("other", true)).isEmpty();
    assertThat(runs.toString().lines())
        .containsExactly(
            "run     run 3    run 1    run 2",
            "status  RUNNING  RUNNING  RUNNING",
            "rate    0.1      0.1      0.2",
            "ic      NaN      0.03     0.05");
    assertInvalid(() -> new RunComparison(List.of()));
  }

  @Test
  void whenACellIsLong_thenTheTableCutsIt() {
    RunComparison runs =
        new RunComparison(List.of(run("1", "x".repeat(50), 0), run("2", "a\nb", 0)));

    assertThat(runs.toString())
        .contains("x".repeat(39) + "…", "a b")
        .doesNotContain("x".repeat(40));
  }

  @Test
  void whenARunBegins_thenWhatIsKnownIsKept() {
    RunStart start = RunStart.in("e")
        .name("a")
        .parent("p")
        .owner("o")
        .started(T0)
        .tag("k", "v")
        .build();

    assertThat(start)
        .isEqualTo(
            new RunStart("e", "a", Optional.of("p"), "o", Optional.of(MILLIS), Map.of("k", "v")));
    assertThat(RunStart.in("e").build().name()).isEmpty();
    assertInvalid(() -> RunStart.in("e").name("a\nb").build());
    assertInvalid(() -> RunStart.in("e").name("x".repeat(501)).build());
  }

  @Test
  void whenABatchIsTooLarge_thenItIsRefused() {
    RunBatch batch =
        RunBatch.builder().param("a", "1").metric("ic", 1, 2, T0).tag("t", "v").build();
    assertThat(batch.metrics()).containsExactly(new MetricPoint("ic", 1, 2, MILLIS));

    RunBatch.Builder many = RunBatch.builder();
    IntStream.rangeClosed(0, 10_000).forEach(i -> many.param("k" + i, ""));
    assertRefused(ErrorCode.LIMIT_EXCEEDED, many::build).hasMessageContaining("10000 params");
    assertRefused(
        ErrorCode.LIMIT_EXCEEDED,
        () -> RunBatch.builder().param("a", "x".repeat(65_537)).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\tb", "../a", "a/../b", "a//b", "a\u0000", "a?b", "😀"})
  void whenAKeyCannotBe_thenItIsRefused(String key) {
    assertInvalid(() -> MetricPoint.requireKey(key));
    assertInvalid(() -> RunBatch.builder().tag(key, "v").build());
  }

  @Test
  void whenAKeyIsOfAnyAlphabet_thenItIsTaken() {
    assertThat(MetricPoint.requireKey("验证/损失 v1.2-a:b_c")).startsWith("验证");
    assertInvalid(() -> MetricPoint.requireKey("a".repeat(251)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "a/",
        "a//b",
        "..",
        "a/..",
        "a\\b",
        "a:b",
        "a*",
        "a\nb",
        " a",
        "a\u202eb",
        "a\ud800"
      })
  void whenAnArtifactsNameCouldLeadElsewhere_thenItIsRefused(String name) {
    assertInvalid(() -> new RunArtifact(name, DIGEST, 1));
  }

  @Test
  void whenValuesCannotBeKept_thenTheyAreRefused() {
    assertInvalid(() -> RunBatch.builder().param("a", "x\u0000").build());
    assertInvalid(() -> RunBatch.builder().param("a", "x\ud800").build());
    assertInvalid(() -> new MetricPoint("a", 1, -1, T0));
    assertInvalid(() -> new MetricPoint("a", 1, 0, Instant.EPOCH.minusMillis(1)));
    assertInvalid(() -> new RunArtifact("a", "x", 1));
    assertInvalid(() -> new RunArtifact("a", DIGEST, -1));
    assertInvalid(() -> RunArtifact.requireName("a".repeat(129)));
    assertInvalid(() -> Experiment.requireName(" "));
    assertThat(new Experiment("1", "a", T0, false, Map.of()).created()).isEqualTo(MILLIS);
  }

  @Test
  void whenAQueryIsBuilt_thenItIsOfTheFirstPageOfActiveRunsTheNewestFirst() {
    RunQuery query = RunQuery.in("e").build();

    assertThat(query)
        .isEqualTo(new RunQuery(
            List.of("e"), List.of(), RunQuery.View.ACTIVE, RunOrder.NEWEST, 100, Optional.empty()));
    assertThat(query.after("x").after()).contains("x");
    assertThat(RunQuery.in(List.of("e", "e", "f"))
            .view(RunQuery.View.DELETED)
            .order(RunOrder.OLDEST)
            .size(1)
            .build()
            .experiments())
        .containsExactly("e", "f");
    assertInvalid(() -> RunQuery.in(List.of()).build());
    assertInvalid(() -> RunQuery.in("e").size(0).build());
    assertInvalid(() -> RunQuery.in("e").size(Page.MOST + 1).build());
    RunQuery.Builder many = RunQuery.in("e");
    IntStream.range(0, 21).forEach(i -> many.where(RunCondition.param("a", "1")));
    assertInvalid(many::build);
    assertThat(RunOrder.greatest("ic")).isEqualTo(new RunOrder(Optional.of("ic"), true));
    assertThat(RunOrder.least("ic").descending()).isFalse();
    assertInvalid(() -> RunOrder.least(""));
    assertThat(new Page<>(List.of(1), Optional.of("n")).next()).contains("n");
  }

  @Test
  void whenConditionsAreFolded_thenEachIsItsOwnCase() {
    assertThat(List.of(
            RunCondition.metric("ic", RunCondition.Comparison.ABOVE, 0.03),
            RunCondition.param("rate", "0.1"),
            RunCondition.tag("note", "x"),
            RunCondition.status(RunStatus.FAILED),
            RunCondition.parent("p"),
            RunCondition.owner("o"),
            RunCondition.name("n"),
            RunCondition.started(T0, T0)))
        .extracting(condition -> condition.<String>fold(
            metric -> metric.key() + metric.comparison() + metric.value(),
            text -> text.subject() + text.key() + "=" + text.value(),
            start -> "from " + start.from()))
        .containsExactly(
            "icABOVE0.03",
            "PARAMrate=0.1",
            "TAGnote=x",
            "STATUS=FAILED",
            "PARENT=p",
            "OWNER=o",
            "NAME=n",
            "from " + MILLIS);
    assertInvalid(() -> RunCondition.metric("ic", RunCondition.Comparison.EQUAL, Double.NaN));
    assertInvalid(() -> new RunCondition.OfText(RunCondition.Subject.NAME, "k", true, "v"));
  }
}
