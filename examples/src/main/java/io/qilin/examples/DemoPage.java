package io.qilin.examples;

import io.qilin.agents.analyst.Labels;
import io.qilin.agents.analyst.Language;
import io.qilin.agents.desk.TrackRecord;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.Recommendation;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityReport;
import io.qilin.core.report.HtmlReport;
import io.qilin.core.report.HtmlReport.Figure;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.SvgChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The demo's results as one page. */
final class DemoPage {
  private final DemoRun run;
  private final Language language;
  private final HtmlReport.Builder page;

  private DemoPage(DemoRun run, Language language) {
    this.run = run;
    this.language = language;
    this.page = HtmlReport.builder("en", "From daily bars to two recommendations");
  }

  /** The page as text. */
  static String of(DemoRun run, Language language) {
    DemoPage page = new DemoPage(run, language);
    page.head();
    page.recommendations();
    page.trackRecord();
    page.factors();
    page.dataHealth();
    return page.page.build();
  }

  private void head() {
    Panel panel = run.market().bars().panel();
    page.subtitle("Decided on the evening of " + run.decision().record().day()
            + " for the session of " + run.decision().record().session())
        .subtitle(panel.symbols().size() + " shares over " + panel.days().size() + " trading days, "
            + panel.days().get(0) + " to " + panel.lastDay())
        .notice(DemoText.SYNTHETIC);
  }

  private void recommendations() {
    page.section("Recommendations 推荐");
    page.paragraph(sentence(run.decision().summary()));
    for (Recommendation pick : run.decision().recommendations()) {
      page.part(pick.rank() + ". " + DecisionView.title(pick, run.market().securities()));
      page.figures(List.of(
          new Figure(
              "Score 评分", NumberText.signed(pick.score(), 3), "from −1 to +1, after disagreement"),
          new Figure("Confidence 置信度", NumberText.fixed(pick.confidence(), 2), "from 0 to 1"),
          new Figure(
              "Order 委托",
              NumberText.count(pick.order().shares()) + " × "
                  + pick.order().price().toPlainString(),
              "shares × yuan, at most")));
      page.list(DecisionView.reasons(run.decision().record(), pick, language));
      page.table(DecisionView.trace(pick, language));
      List<Opinion> opinions = DecisionView.opinions(run.decision().record(), pick.symbol());
      List<String> notes =
          opinions.stream().flatMap(opinion -> note(opinion, language).stream()).toList();
      if (!notes.isEmpty()) {
        page.list(notes);
      }
      page.table(DecisionView.components(opinions, language));
    }
    page.remark(
        "Each part of a score is measured, placed on a scale from 0 to 1 and weighted; parts without data are"
            + " left out. The risk manager has no vote: what it finds too risky is not recommended.");
  }

  /** What a reader should bear in mind about an opinion; empty if it is whole and without reserve. */
  private static Optional<String> note(Opinion opinion, Language language) {
    List<String> notes = new ArrayList<>();
    opinion.fold(scored -> true, abstained -> notes.add("abstains: " + abstained.reason()));
    if (opinion.coverage() < 1) {
      notes.add("had data for " + NumberText.percent(opinion.coverage(), 0) + " of the weight");
    }
    opinion.flags().forEach(flag -> notes.add(Labels.flag(flag).in(language)));
    notes.addAll(opinion.warnings());
    return notes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Labels.analyst(opinion.analyst()).in(language) + " " + String.join("; ", notes));
  }

  private void trackRecord() {
    TrackRecord track = run.track();
    double start = track.equity().get(0).worth().yuan().doubleValue();
    double[] growth = track.equity().stream()
        .mapToDouble(point -> point.worth().yuan().doubleValue() / start - 1)
        .toArray();
    page.section("Earlier advice, followed 历史推荐净值");
    page.figures(List.of(
        new Figure("Return 收益", NumberText.signedPercent(track.totalReturn(), 1), "after fees"),
        new Figure(
            "Bought 成交",
            NumberText.count(track.filled()),
            "of " + track.trades().size() + " recommended"),
        new Figure(
            "With a profit 胜率", NumberText.percent(track.hitRate(), 0), "of the bought ones")));
    page.chart(SvgChart.lines(
            "Worth of the account since the start",
            track.equity().stream().map(TrackRecord.EquityPoint::day).toList())
        .percent()
        .series("account", growth)
        .build());
    page.remark(TrackRecord.CONVENTION);
  }

  private void factors() {
    FactorRanking ranking = run.ranking();
    page.section("Factors 因子: Alpha158 against the next day's return");
    if (ranking.best().isEmpty()) {
      page.paragraph("There are too few shares to rank.");
      return;
    }
    List<java.time.LocalDate> days = ranking.days();
    page.paragraph("The " + ranking.best().size() + " best of " + ranking.tried()
        + " factors by rank IC over the " + days.size() + " trading days from " + days.get(0)
        + " to " + days.get(days.size() - 1) + ".");
    page.chart(ranking.bars());
    page.table(ranking.table(true));
    page.chart(ranking.cumulated(3));
    page.remark(
        "Picked after the fact from " + ranking.tried()
            + " candidates, so that the best look better than they are. A negative rank IC is as useful as a positive one:"
            + " the factor is turned. Rank ICIR is the mean over the standard deviation from day to day.");
  }

  private void dataHealth() {
    QualityReport report = run.quality();
    page.section("Data health 数据质量");
    page.figures(List.of(
        new Figure(
            "Overall 总分",
            NumberText.fixed(report.overall(), 3),
            (report.alert() ? "an alert is due below " : "alert below ")
                + QualityReport.ALERT_BELOW),
        new Figure("Rows 行数", NumberText.count(report.rows()), "one a share and day"),
        new Figure(
            "Findings 问题", NumberText.count(report.findings().size()), "listed below by rule")));
    page.table(QualityView.dimensions(report));
    if (QualityView.rules(report).size() > 0) {
      page.table(QualityView.rules(report));
    }
    page.remark(
        "A score is 1 − bad / judged rows. A dimension that cannot be judged is n/a, never perfect.");
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}
