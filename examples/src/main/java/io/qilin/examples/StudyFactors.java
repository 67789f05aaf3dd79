package io.qilin.examples;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorStudy;
import io.qilin.core.factor.LookAheadCheck;
import io.qilin.core.factor.StudyResult;
import io.qilin.core.factor.StudySettings;
import io.qilin.core.factor.Tradability;
import io.qilin.core.factor.report.StudyReport;
import io.qilin.core.report.NumberText;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.data.demo.DemoMarket;
import java.io.PrintStream;

/** The program of docs/factor-study.md: two factors on a made-up market. */
public final class StudyFactors {
  private StudyFactors() {}

  /**
   * Prints what is found.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static StudyReport run(PrintStream out) {
    DemoMarket market = DemoMarket.of(100, 2, 42);
    Panel raw = market.bars().panel();
    Panel panel = raw.withAdjustment(Adjustment.BACKWARD);
    FactorSet set = FactorSet.of(
        "mine",
        new Factor("reversal", "1-$close/Ref($close,5)"),
        new Factor("volatility", "Std($close/Ref($close,1),20)"));

    LookAheadCheck.of(FactorEngine.DEFAULT).run(panel, set, 42, 5).orThrow();

    LimitUpFacts limits = LimitUpFacts.of(raw, market.securities(), MarketRuleBook.aShare());
    StudySettings settings = StudySettings.builder()
        .horizons(1, 5, 20)
        .groups(5)
        .trials(20)
        .tradability(Tradability.atNextClose(limits))
        .build();
    StudyResult result = FactorStudy.all(FactorEngine.DEFAULT, panel, set, settings);
    FactorStudy reversal = result.factor("reversal");
    out.println("rank IC " + reversal.main().rankIc());
    out.println("top " + NumberText.signedPercent(reversal.topReturn(), 3) + " a day, buyable "
        + NumberText.signedPercent(reversal.buyableTopReturn(), 3));
    out.println("dropped " + reversal.drops().counts());
    return StudyReport.builder(result).notice("The market is made up.").build();
  }
}
