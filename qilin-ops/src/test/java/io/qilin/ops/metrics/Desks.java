package io.qilin.ops.metrics;

import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.analyst.Preset;
import io.qilin.agents.desk.DeskResult;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.data.demo.DemoMarket;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Executor;

/** A desk over a small made-up market, with an analyst that has a defect. */
final class Desks {
  private static final DemoMarket MARKET = DemoMarket.of(10, 1, 42);
  private static final LocalDate EVENING = LocalDate.of(2025, 11, 20);
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
      throw QilinException.invalid("a defect");
    }
  };

  private Desks() {}

  static DeskResult run(ObservationRegistry observations, Executor executor) {
    return ResearchDesk.standard(Preset.STANDARD)
        .minSafety(0)
        .analyst(BROKEN, 0.001)
        .observations(observations)
        .executor(executor)
        .build()
        .run(SNAPSHOT, MARKET.calendar());
  }
}
