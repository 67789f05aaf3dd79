package io.qilin.openlineage;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import io.qilin.data.lineage.CodeVersion;
import io.qilin.data.lineage.FailedStep;
import io.qilin.data.lineage.LineageGraph;
import io.qilin.data.lineage.LineageNode;
import io.qilin.data.lineage.LineageRecorder;
import io.qilin.data.lineage.OpenLineageJson;
import io.qilin.testkit.Panels;
import io.qilin.testkit.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small lineage: bars, a report on them, factors. */
final class Lineages {
  static final OpenLineageJson EVENTS =
      OpenLineageJson.of("research", URI.create("https://example.org/desk"));

  /** The events of {@link #graph}, in their order. */
  static final List<String> TOLD = List.of(
      "START read-bars",
      "COMPLETE read-bars",
      "START judge-quality",
      "COMPLETE judge-quality",
      "START compute-factors",
      "COMPLETE compute-factors");

  private static final CodeVersion CODE = new CodeVersion("0.1.0", Optional.of("3f2a91c"));
  private static final FactorSet SET = FactorSet.of("one", new Factor("RANGE", "$high-$low"));
  private static final LineageGraph GRAPH = graph(7);

  private Lineages() {}

  static LineageGraph graph() {
    return GRAPH;
  }

  static LineageGraph graph(long seed) {
    SettableClock clock = SettableClock.at("2024-01-02T18:00:00+08:00");
    LineageRecorder lineage = LineageRecorder.of(clock, CODE);
    Panel panel = Panels.random(4, 20, seed);
    clock.advance(Duration.ofMillis(257));
    LineageNode bars = lineage.bars(
        List.of(), new Bars(panel, new Provenance("csv", "bars", false), 80, List.of()));
    lineage.judged(
        bars,
        new QualityReport(
            clock.instant(),
            80,
            Map.of(QualityDimension.COMPLETENESS, 0.7),
            0.7,
            List.of(),
            Map.of("high-below-low", 3L)));
    FactorPlan plan = FactorEngine.DEFAULT.plan(SET);
    lineage.factors(List.of(bars), plan, SET, plan.compute(panel));
    return lineage.graph();
  }

  static FailedStep failed() {
    return failed(5);
  }

  static FailedStep failed(int rounds) {
    SettableClock clock = SettableClock.at("2024-01-02T18:00:00+08:00");
    return new FailedStep(
        "train",
        CODE,
        Map.of("rounds", Integer.toString(rounds)),
        GRAPH.steps().get(0).outputs(),
        clock.instant(),
        clock.instant(),
        "QILIN-1103");
  }
}
