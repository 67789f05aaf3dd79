package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.analyst.CallAuctionAnalyst;
import io.qilin.agents.analyst.DragonHeadAnalyst;
import io.qilin.agents.analyst.LimitUpQualityAnalyst;
import io.qilin.agents.analyst.LonghuBangAnalyst;
import io.qilin.agents.analyst.MarketEcologyAnalyst;
import io.qilin.agents.analyst.MoneyFlowAnalyst;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.Panel;
import io.qilin.api.record.PublicationTimes;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.data.demo.DemoMarket;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every analyst that reads records or limit-ups has something to say on the demo market. */
class DemoAnalystsTest {
  private static final int MATCH_IS_PUBLIC = 9 * 3600 + 26 * 60;
  private static final int LOOKED_AT = 60;
  private static final int CHOSEN = 2;

  /** The busiest of the last days: those on which the most shares closed sealed. */
  private static List<Integer> busiest(DemoMarket market) {
    Panel panel = market.bars().panel();
    LimitUpFacts facts = LimitUpFacts.of(panel, market.securities(), MarketRuleBook.aShare());
    int last = panel.days().size() - 1;
    return IntStream.range(last - LOOKED_AT, last)
        .boxed()
        .sorted(Comparator.comparing((Integer day) -> -sealed(facts, day)))
        .limit(CHOSEN)
        .toList();
  }

  private static int sealed(LimitUpFacts facts, int day) {
    return (int) IntStream.range(0, facts.panel().symbols().size())
        .filter(i -> facts.sealed(i, day))
        .count();
  }

  @Test
  void whenTheDemoMarketTellsItsRecords_thenEveryAnalystScoresAndNothingContradicts() {
    DemoMarket market = DemoMarket.of(300, 1, 42);
    Snapshots snapshots = Snapshots.from(market.bars(), market.securities());
    List<Analyst> analysts = List.of(
        new MoneyFlowAnalyst(),
        new LonghuBangAnalyst(),
        new CallAuctionAnalyst(),
        new DragonHeadAnalyst(),
        new MarketEcologyAnalyst(),
        new LimitUpQualityAnalyst());
    Set<String> spoke = new TreeSet<>();
    List<LocalDate> days = snapshots.days();
    for (int d : busiest(market)) {
      MarketSnapshot snapshot = snapshots
          .at(days.get(d))
          .withRecords(market.records(
              days.get(d), PublicationTimes.startOf(days.get(d + 1)).plusSeconds(MATCH_IS_PUBLIC)));
      for (Analyst analyst : analysts) {
        for (Opinion opinion : analyst.analyze(snapshot).values()) {
          assertThat(opinion.flags())
              .as("%s", opinion)
              .doesNotContain("CONTRADICTORY", "UNITS_SUSPECT");
          if (opinion instanceof Opinion.Scored) {
            spoke.add(analyst.id());
          }
        }
      }
    }
    assertThat(spoke)
        .containsExactly(
            "call-auction",
            "dragon-head",
            "limit-up-quality",
            "longhu-bang",
            "market-ecology",
            "money-flow");
  }
}
