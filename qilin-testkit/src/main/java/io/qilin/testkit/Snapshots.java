package io.qilin.testkit;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Snapshots of the panels of {@link Panels}. */
final class Snapshots {
  private static final Provenance MADE = new Provenance("testkit", "Panels.random", true);

  private Snapshots() {}

  /** What was known of a raw panel on the evening of a day, without quality and factors. */
  static MarketSnapshot of(Panel raw, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
    Panel until = raw.until(day);
    Panel adjusted = until.has(Field.FACTOR) ? until.withAdjustment(Adjustment.BACKWARD) : until;
    return new MarketSnapshot(
        day, until, adjusted, securities, MADE, Optional.empty(), Optional.empty());
  }

  /** An unwarned share of the Shanghai main board for every such symbol, listed long ago. */
  static Map<Symbol, SecurityTimeline> securities(List<Symbol> symbols) {
    Map<Symbol, SecurityTimeline> timelines = new TreeMap<>();
    LocalDate listed = LocalDate.of(2001, 1, 2);
    for (Symbol symbol : symbols) {
      if (symbol.exchange() == Exchange.SSE && symbol.code().startsWith("60")) {
        timelines.put(
            symbol,
            SecurityTimeline.of(List.of(new SecurityStatus(
                symbol,
                listed,
                Board.SSE_MAIN,
                "测试" + symbol.code(),
                RiskWarning.NONE,
                Optional.of(listed),
                OptionalLong.of(500_000_000)))));
      }
    }
    return timelines;
  }
}
