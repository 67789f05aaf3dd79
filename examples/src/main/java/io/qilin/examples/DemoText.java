package io.qilin.examples;

import io.qilin.agents.analyst.Language;
import io.qilin.agents.desk.TrackRecord;
import io.qilin.api.market.Panel;
import io.qilin.core.report.NumberText;

/** The demo's results as lines of a terminal. */
final class DemoText {
  /** What nobody may overlook. */
  static final String SYNTHETIC =
      "The market is synthetic (合成数据): invented companies, made-up prices. Nothing here is advice.";

  private DemoText() {}

  /** What market it is. */
  static String market(DemoRun run) {
    Panel panel = run.market().bars().panel();
    return "Qilin demo: " + panel.symbols().size() + " shares, " + panel.days().size()
        + " trading days, " + panel.days().get(0) + " to " + panel.lastDay() + "\n" + SYNTHETIC
        + "\n";
  }

  /** How its data was judged. */
  static String quality(DemoRun run) {
    StringBuilder out = new StringBuilder("1. Data health 数据质量: ");
    out.append(QualityView.summary(run.quality()))
        .append("\n\n")
        .append(QualityView.dimensions(run.quality()));
    if (QualityView.rules(run.quality()).size() > 0) {
      out.append('\n').append(QualityView.rules(run.quality()));
    }
    return out.toString();
  }

  /** Which factors did best. */
  static String factors(DemoRun run) {
    FactorRanking ranking = run.ranking();
    return "2. Factors 因子: the best of " + ranking.tried()
        + " (Alpha158) by rank IC with the next day's return, last "
        + ranking.days().size() + " days\n\n" + ranking.table(false);
  }

  /** What to buy, and why. */
  static String recommendations(DemoRun run, Language language) {
    return "3. Recommendations 推荐 for " + run.decision().record().session() + ": "
        + run.decision().summary() + "\n\n"
        + DecisionView.text(run.decision().record(), run.market().securities(), language);
  }

  /** What became of earlier advice. */
  static String track(DemoRun run) {
    TrackRecord track = run.track();
    return "4. Earlier advice, followed 历史推荐: " + NumberText.signedPercent(track.totalReturn(), 1)
        + " after fees over "
        + (track.equity().size() - 1) + " sessions, " + track.filled() + " of "
        + track.trades().size() + " bought, "
        + NumberText.percent(track.hitRate(), 0) + " of them with a profit\n";
  }
}
