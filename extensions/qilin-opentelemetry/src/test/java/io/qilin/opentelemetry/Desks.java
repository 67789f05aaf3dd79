package io.qilin.opentelemetry;

import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.analyst.Preset;
import io.qilin.agents.debate.Debate;
import io.qilin.agents.debate.DebateGraph;
import io.qilin.agents.debate.DebateModels;
import io.qilin.agents.desk.DeskResult;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.Bars;
import io.qilin.data.demo.DemoMarket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Executor;

/** A desk over a small made-up market, with an analyst that has a defect. */
final class Desks {
  static final DemoMarket MARKET = DemoMarket.of(10, 1, 42);
  static final LocalDate EVENING = LocalDate.of(2025, 11, 20);

  private static final MarketSnapshot SNAPSHOT =
      Snapshots.of(MARKET.bars(), MARKET.securities(), EVENING);

  private static final Analyst BROKEN = new Analyst() {
    @Override
    public String id() {
      return "broken";
    }

    @Override
    public String title() {
      return "Broken";
    }

    @Override
    public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
      throw QilinException.invalid("a canary defect");
    }
  };

  private Desks() {}

  static ResearchDesk.Builder desk(ObservationRegistry observations, Executor executor) {
    return ResearchDesk.standard(Preset.STANDARD)
        .minSafety(0)
        .observations(observations)
        .executor(executor);
  }

  static DeskResult run(ObservationRegistry observations, Executor executor) {
    return run(desk(observations, executor));
  }

  static DeskResult run(ResearchDesk.Builder desk) {
    return desk.build().run(SNAPSHOT, MARKET.calendar());
  }

  static DeskResult withBroken(ObservationRegistry observations, Executor executor) {
    return run(desk(observations, executor).analyst(BROKEN, 0.001));
  }

  /** A run on bars that are a kept copy, with a debate of models. */
  static DeskResult withModels(
      ObservationRegistry observations, Executor executor, LlmClient client) {
    Bars bars = MARKET.bars();
    Bars copy = new Bars(
        bars.panel(), bars.provenance().asCopyOf(Instant.EPOCH), bars.rowsRead(), bars.findings());
    return desk(observations, executor)
        .debate(Debate.builder(DebateGraph.tradingAgents(1, 1))
            .models(DebateModels.of(client, executor, () -> 0))
            .build())
        .build()
        .run(Snapshots.of(copy, MARKET.securities(), EVENING), MARKET.calendar());
  }
}
