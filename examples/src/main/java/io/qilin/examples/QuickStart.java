package io.qilin.examples;

import io.qilin.agents.analyst.Language;
import io.qilin.agents.analyst.Preset;
import io.qilin.agents.desk.DeskResult;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Recommendation;
import io.qilin.api.record.PublicationTimes;
import io.qilin.data.demo.DemoMarket;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;

/** The program of the README: from a made-up market to what to buy in the next session. */
public final class QuickStart {
  private QuickStart() {}

  /**
   * Prints the recommendations.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    DemoMarket market = DemoMarket.of(300, 5, 42);
    LocalDate evening = LocalDate.of(2025, 11, 20);
    Instant opening = PublicationTimes.openingOf(market.calendar().next(evening));
    MarketSnapshot snapshot = Snapshots.of(market.bars(), market.securities(), evening)
        .withRecords(market.records(evening, opening));
    ResearchDesk desk = ResearchDesk.standard(Preset.STANDARD).build();
    DeskResult result = desk.run(snapshot, market.calendar());
    out.println(result.summary());
    for (Recommendation found : result.recommendations()) {
      out.println(found.rank() + ". " + found.order());
      result.reasons(found, Language.ENGLISH).forEach(reason -> out.println("   " + reason));
    }
  }
}
