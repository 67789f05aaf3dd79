package io.qilin.agents.debate;

import io.qilin.api.analysis.Contribution;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cases for tests: a share with three arguments for it and two against. */
final class Cases {
  static final Symbol SHARE = Panels.SYMBOL;
  static final LocalDate SESSION = Panels.FIRST_DAY.plusDays(1);

  private Cases() {}

  static CaseFile file() {
    return file(SHARE);
  }

  static CaseFile file(Symbol share) {
    Panel panel = Panels.closes(10);
    MarketSnapshot snapshot = new MarketSnapshot(
        Panels.FIRST_DAY,
        panel,
        panel.withAdjustment(Adjustment.RAW),
        Map.of(),
        new Provenance("test", "made", true),
        Optional.empty(),
        Optional.empty());
    Opinion market = new Opinion.Scored(
        "market",
        share,
        0.4,
        0.8,
        0.9,
        List.of(
            new ScoreComponent("trend-50d", 0.1234, "fraction", 0.9, 0.5, "bars"),
            new ScoreComponent("volume-trend", 1.5, "1", 0.7, 0.2, "bars"),
            new ScoreComponent("volatility-20d", 0.0456, "fraction", 0.1, 0.2, "bars"),
            new ScoreComponent("range-14d", Double.NaN, "fraction", Double.NaN, 0.1, "bars")),
        List.of(),
        List.of());
    Opinion risk = new Opinion.Scored(
        "risk-manager",
        share,
        0.2,
        0.8,
        1,
        List.of(
            new ScoreComponent("liquidity-20d", 0.001, "fraction", 0.98, 0.5, "bars"),
            new ScoreComponent("drawdown-250d", 0.55, "fraction", 0.083, 0.5, "bars")),
        List.of(),
        List.of());
    Opinion abstained = new Opinion.Abstained(
        "news",
        share,
        "nothing known",
        0.3,
        List.of(new ScoreComponent("count", 3, "1", 1, 0.3, "news")),
        List.of(),
        List.of());
    return CaseFile.of(
        share,
        snapshot,
        SESSION,
        0.3,
        List.of(market, risk, abstained),
        List.of(
            new Contribution("market", 0.4, 1, 0.4, List.of()),
            new Contribution("news", Double.NaN, 0, 0, List.of()),
            new Contribution("risk-manager", 0.2, 0, 0, List.of())));
  }
}
