package io.qilin.mlops.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.model.ModelLineage;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunStatus;
import io.qilin.core.backtest.Benchmark;
import io.qilin.core.backtest.TopkDropout;
import io.qilin.data.demo.DemoMarket;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.bundle.Bundle;
import io.qilin.mlops.bundle.BundleOptions;
import io.qilin.mlops.dataset.Columns;
import io.qilin.mlops.dataset.DayRange;
import io.qilin.mlops.dataset.FittedChain;
import io.qilin.mlops.dataset.Processor;
import io.qilin.mlops.dataset.ProcessorChain;
import io.qilin.mlops.dataset.Segments;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.tracking.EmbeddedTracker;
import io.qilin.mlops.training.ModelFormats;
import io.qilin.mlops.training.Trainers;
import io.qilin.mlops.training.TrainingContext;
import io.qilin.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelWorkflowTest {
  private static final Panel BARS = DemoMarket.of(40, 2, 11).bars().panel();
  private static final List<LocalDate> DAYS = BARS.days();
  private static final FactorSet FACTORS = FactorSet.of(
      "few",
      new Factor("reversal", "$close/Ref($close,5)-1"),
      new Factor("range", "($high-$low)/$close"),
      new Factor("volume", "$volume/Mean($volume,20)"));
  private static final Segments SEGMENTS =
      new Segments(range(40, 220), range(221, 300), range(301, 420));

  private static final ProcessorChain CHAIN = new ProcessorChain(
      List.of(),
      List.of(
          new Processor.ProcessInf(),
          new Processor.ZScoreNorm(Columns.FEATURES),
          new Processor.Fillna(Columns.FEATURES, 0)),
      ProcessorChain.alpha158().learning(),
      ProcessorChain.Flow.APPEND);

  private static DayRange range(int from, int to) {
    return new DayRange(DAYS.get(from), DAYS.get(to));
  }

  private static ModelWorkflow.Builder workflow() {
    return ModelWorkflow.builder(FACTORS, SEGMENTS, Trainers.standard().named("ridge"))
        .processors(CHAIN)
        .trading(TopkDropout.builder(5, 1).build())
        .terms(terms -> terms.benchmark(Benchmark.equalWeight()));
  }

  private static WorkflowResult run(ModelWorkflow.Builder workflow, Panel bars) {
    return workflow.build().run(bars, TrainingContext.silent(7));
  }

  @Test
  void whenRun_thenOnlyTheTestIsScoredAndTheSegmentsAreApart() {
    WorkflowResult result = run(workflow(), BARS);

    assertThat(result.scores().days()).isEqualTo(DAYS.subList(301, 421));
    // LABEL0 reads two days ahead.
    assertThat(result.segments().train()).isEqualTo(range(40, 218));
    assertThat(result.segments().valid()).isEqualTo(range(221, 298));
    assertThat(result.window().last()).isEqualTo(DAYS.get(298));
    assertThat(result.window().labelsUntil()).isEqualTo(DAYS.get(300));
    assertThat(result.window().isBefore(SEGMENTS.test().first())).isTrue();
    assertThat(result.trainRows()).isEqualTo(trainRows());
    assertThat(result.ic().days()).isBetween(100, 120);
    assertThat(result.figures())
        .containsKeys(
            "test.ic",
            "test.ic.low",
            "test.rank_icir",
            "backtest.excess_return_with_cost.annualized_return");
    assertThat(result.summary()).contains("Rank IC", "ridge on 3 factors");
  }

  /** Instruments that trade on a day and of which two closes are known after it. */
  private static int trainRows() {
    PanelColumn close = BARS.column(Field.CLOSE);
    int rows = 0;
    for (int day = 40; day <= 218; day++) {
      for (int i = 0; i < BARS.symbols().size(); i++) {
        double label = close.value(i, day + 2) / close.value(i, day + 1);
        rows += Double.isFinite(label * close.value(i, day)) ? 1 : 0;
      }
    }
    return rows;
  }

  @Test
  void whenPacked_thenTheBundleScoresAsTheWorkflowDid(@TempDir Path folder) {
    WorkflowResult result = run(workflow().withoutTrading(), BARS);
    result.bundle().writeZip(folder.resolve("model.zip"));

    try (Bundle bundle =
        Bundle.open(folder.resolve("model.zip"), BundleOptions.of(ModelFormats.all()))) {
      assertThat(bundle.golden().count()).isEqualTo(32);
      assertThat(bundle.signature().features()).containsExactly("reversal", "range", "volume");
      byte[] processors = bundle.processors().orElseThrow();
      assertThat(FittedChain.parse(processors)).isEqualTo(result.chain());
      assertThat(
              new String(bundle.attachment("factors.json").orElseThrow(), StandardCharsets.UTF_8))
          .contains("$close/Ref($close,5)-1");
    }
  }

  @Test
  void whenKept_thenTheRunHasTheFiguresAndTheLineageItsWindow(@TempDir Path folder) {
    WorkflowResult result = run(workflow().withoutTrading(), BARS);
    SettableClock clock = SettableClock.at("2026-11-27T09:00:00+08:00");
    try (Database database = Database.sqlite(folder.resolve("qilin.db"))) {
      EmbeddedTracker tracker = EmbeddedTracker.open(
          database, ArtifactStore.open(folder.resolve("files"), clock), clock, new Random(1));

      String id = WorkflowRecord.keep(result, tracker, "few", "", clock.instant(), clock);

      Run run = tracker.run(id);
      assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
      assertThat(run.metric("test.rank_ic")).isEqualTo(result.rankIc().mean());
      assertThat(run.params())
          .containsEntry("trainer", "ridge")
          .containsEntry("data.hash", result.model().dataHash());
      assertThat(tracker.artifact(id, "model")).isEqualTo(result.model().bytes());
      ModelLineage lineage = WorkflowRecord.lineage(result, "", id);
      assertThat(lineage.runId()).isEqualTo(id);
      assertThat(lineage.window()).contains(result.window());
      assertThat(lineage.featureHash()).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void whenRunTwice_thenTheBitsAreTheSame() {
    WorkflowResult one = run(workflow(), BARS);
    WorkflowResult other = run(workflow(), BARS);

    assertThat(one.model().bytes()).isEqualTo(other.model().bytes());
    assertThat(one.figures()).isEqualTo(other.figures());
    same(one.scores(), other.scores(), 120);
  }

  @Test
  void whenLaterBarsAreNotThere_thenModelAndEarlierScoresStayTheSame() {
    Panel until = BARS.until(DAYS.get(360));
    Segments shorter = new Segments(SEGMENTS.train(), SEGMENTS.valid(), range(301, 360));
    WorkflowResult whole = run(workflow(), BARS);
    WorkflowResult part = run(
        ModelWorkflow.builder(FACTORS, shorter, Trainers.standard().named("ridge"))
            .processors(CHAIN)
            .withoutTrading(),
        until);

    assertThat(part.model().bytes()).isEqualTo(whole.model().bytes());
    assertThat(part.backtest()).isEmpty();
    same(part.scores(), whole.scores(), 60);
  }

  private static void same(FactorTable one, FactorTable other, int days) {
    for (int day = 0; day < days; day++) {
      assertThat(one.crossSection(0, day)).isEqualTo(other.crossSection(0, day));
    }
  }

  @Test
  void whenAFactorTellsTheFuture_thenTheFiguresShowIt() {
    // Not a factor of the future, but prices that follow the volume of two days before.
    Panel planted = planted();
    WorkflowResult result = run(
        ModelWorkflow.builder(
                FactorSet.of("one", new Factor("hint", "$volume/Mean($volume,20)")),
                SEGMENTS,
                Trainers.standard().named("ridge"))
            .processors(CHAIN)
            .withoutTrading(),
        planted);

    assertThat(result.rankIc().mean()).isGreaterThan(0.5);
    assertThat(result.rankIc().mean() - result.rankIc().halfWidth(0.95)).isGreaterThan(0.4);
  }

  /** Closes that rise two days after a day with more volume than usual, and fall after one with less. */
  private static Panel planted() {
    int days = DAYS.size();
    double[][] closes = new double[BARS.symbols().size()][days];
    for (int i = 0; i < closes.length; i++) {
      double[] volume = BARS.values(Field.VOLUME, i, 0, days);
      closes[i][0] = 10;
      for (int t = 1; t < days; t++) {
        double hint = t < 22 ? 0 : volume[t - 2] / mean(volume, t - 21, t - 1) - 1;
        closes[i][t] =
            closes[i][t - 1] * (1 + (Double.isFinite(hint) ? 0.02 * Math.tanh(hint) : 0));
      }
    }
    return BARS.with(Field.CLOSE, (instrument, day) -> closes[instrument][day]);
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElse(Double.NaN);
  }

  @Test
  void whenASegmentIsNotInTheBars_thenItIsRefused() {
    LocalDate late = DAYS.get(DAYS.size() - 1).plusYears(1);
    Segments outside = new Segments(
        SEGMENTS.train(), SEGMENTS.valid(), new DayRange(SEGMENTS.test().first(), late));
    refused(
        ErrorCode.DATE_OUT_OF_RANGE,
        ModelWorkflow.builder(FACTORS, outside, Trainers.standard().named("ridge")));
  }

  @Test
  void whenAParameterIsUnknown_thenItIsRefusedBeforeAnythingIsLost() {
    refused(ErrorCode.INVALID_ARGUMENT, workflow().parameters(Map.of("alhpa", "1")));
  }

  @Test
  void whenCancelled_thenItStops() {
    TrainingContext context = TrainingContext.silent(1);
    context.cancellation().cancel();
    assertThatThrownBy(() -> workflow().build().run(BARS, context))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
  }

  private static void refused(ErrorCode code, ModelWorkflow.Builder workflow) {
    assertThatThrownBy(() -> run(workflow, BARS))
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
