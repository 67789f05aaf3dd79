package io.qilin.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.qilin.agents.analyst.Preset;
import io.qilin.agents.debate.Debate;
import io.qilin.agents.debate.DebateGraph;
import io.qilin.agents.debate.DebateModels;
import io.qilin.agents.desk.DeskResult;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import java.time.LocalDate;
import java.util.concurrent.Executor;

/** One evening of a host that has an OpenTelemetry and a model: the program of the README. */
final class EveningExample {
  private EveningExample() {}

  static DeskResult run(
      OpenTelemetry openTelemetry,
      Executor pool,
      MarketDataSource market,
      LlmClient client,
      LocalDate session) {
    QilinTelemetry telemetry = QilinTelemetry.of(openTelemetry, System::nanoTime);
    Executor executor = Context.taskWrapping(pool);
    MarketDataSource source = telemetry.trace("market", market);
    LlmClient model = telemetry.trace(client);
    ResearchDesk desk = ResearchDesk.standard(Preset.STANDARD)
        .observations(telemetry.observations())
        .executor(executor)
        .debate(Debate.builder(DebateGraph.tradingAgents(1, 1))
            .models(DebateModels.of(model, executor, System::nanoTime))
            .build())
        .build();
    return telemetry.stage("qilin.evening", () -> {
      Bars bars = source.bars(BarQuery.ALL);
      MarketSnapshot snapshot = telemetry.stage(
          "qilin.snapshot",
          () -> Snapshots.of(bars, source.securities(), bars.panel().lastDay()));
      return desk.run(snapshot, session);
    });
  }
}
