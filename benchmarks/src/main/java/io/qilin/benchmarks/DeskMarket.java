package io.qilin.benchmarks;

import io.qilin.agents.analyst.Preset;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.market.Board;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.FlowConvention;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.OrderFlow;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.source.Bars;
import io.qilin.core.rules.MarketRuleBook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** One evening of a made-up market for desks: 261 days of bars and statuses, and money flows of 70 days if wanted. */
record DeskMarket(MarketSnapshot snapshot, LocalDate session) {
  private static final int DAYS = 262;
  private static final int FLOW_DAYS = 70;
  private static final Provenance MADE = new Provenance("benchmark", "walk", true);

  static DeskMarket of(int shares, boolean flows) {
    Panel panel = WalkMarket.bars(shares, DAYS);
    LocalDate day = panel.days().get(DAYS - 2);
    LocalDate session = panel.days().get(DAYS - 1);
    MarketSnapshot bare =
        Snapshots.of(new Bars(panel, MADE, 0, List.of()), statuses(panel.symbols()), day);
    List<MarketRecord> records = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int d = DAYS - 1 - FLOW_DAYS; flows && d < DAYS - 1; d++) {
      for (Symbol symbol : panel.symbols()) {
        records.add(flow(symbol, panel.days().get(d), random));
      }
    }
    return new DeskMarket(
        bare.withRecords(SnapshotRecords.of(records, PublicationTimes.openingOf(session))),
        session);
  }

  static ResearchDesk.Builder desk() {
    return ResearchDesk.standard(Preset.STANDARD);
  }

  private static MoneyFlowDaily flow(Symbol symbol, LocalDate day, SplittableRandom random) {
    OrderFlow some = new OrderFlow(random.nextDouble(1e6, 2e6), random.nextDouble(1e6, 2e6));
    OrderFlow more = new OrderFlow(random.nextDouble(1e6, 2e6), random.nextDouble(1e6, 2e6));
    return new MoneyFlowDaily(
        symbol,
        day,
        PublicationTimes.ofDailyFigures(day),
        MADE,
        FlowConvention.EASTMONEY,
        some,
        more,
        some,
        more,
        Double.NaN,
        Double.NaN,
        OptionalDouble.empty());
  }

  private static Map<Symbol, SecurityTimeline> statuses(List<Symbol> symbols) {
    LocalDate listed = LocalDate.of(2001, 1, 2);
    Map<Symbol, SecurityTimeline> out = new TreeMap<>();
    for (Symbol symbol : symbols) {
      Board board = MarketRuleBook.boardOf(symbol).orElseThrow();
      out.put(
          symbol,
          SecurityTimeline.of(List.of(new SecurityStatus(
              symbol,
              listed,
              board,
              "name",
              RiskWarning.NONE,
              Optional.of(listed),
              OptionalLong.of(1_000_000_000)))));
    }
    return out;
  }
}
