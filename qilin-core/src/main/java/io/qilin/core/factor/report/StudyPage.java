package io.qilin.core.factor.report;

import io.qilin.core.factor.FactorStudy;
import io.qilin.core.factor.StudyResult;
import io.qilin.core.report.HtmlReport;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.SvgChart;
import io.qilin.core.report.TextTable;
import java.util.List;

/** A study as a page: the set as a whole, then a sheet for each factor in detail, then the conventions. */
final class StudyPage {
  private static final int BARS = 20;

  private final StudyReport report;
  private final StudyResult result;
  private final HtmlReport.Builder page;

  private StudyPage(StudyReport report) {
    this.report = report;
    this.result = report.result();
    this.page = HtmlReport.builder("en", report.title()).wide();
  }

  static String of(StudyReport report) {
    StudyPage page = new StudyPage(report);
    page.head();
    page.set();
    for (FactorStudy study : report.inDetail()) {
      new FactorSheet(report, study, page.page).write();
    }
    page.conventions();
    return page.page.build();
  }

  private void head() {
    page.subtitle(report.scope());
    page.subtitle(report.outcomes());
    page.subtitle(result
        .fingerprint()
        .map(hex -> "Data SHA-256 " + hex)
        .orElse("Data: no fingerprint, as the bars were not given"));
    page.subtitle(report.trials());
    report.notices().forEach(page::notice);
  }

  private void set() {
    StudyTables tables = new StudyTables(result);
    List<FactorStudy> all = report.ranked();
    boolean one = all.size() == 1;
    page.section(one ? "Significance 显著性" : "The set 因子集");
    if (!one) {
      page.chart(bars(all.subList(0, Math.min(BARS, all.size()))));
    }
    page.table(tables.summary(all));
    page.remark(
        "Sorted by |t| of the rank IC over the main horizon. t is by Newey and West; Holm and BH are p-values"
            + " corrected for all trials. Spread is the top group less the bottom group per "
            + days(result.settings().horizons().get(0).days()) + ", before costs.");
    page.part("Decay by horizon 衰减");
    page.table(tables.decay(report.inDetail()));
    page.part("Mean outcome by group 分组收益");
    page.table(tables.groups(all));
    page.remark(
        result.settings().tradability().isPresent()
            ? "The top group twice: all its members, and those that could be bought at the close from which the outcome"
                + " counts: neither suspended nor closed at limit-up."
            : "Nothing was given about what could be bought: the top group counts with all its members.");
    page.part("Coverage and what did not count 覆盖率");
    page.table(tables.drops(all));
    page.remark(
        "Each pair of instrument and day counts once, under the first reason that holds. What was not buyable"
            + " counts everywhere but in the buyable top group.");
  }

  private static String days(int days) {
    return days == 1 ? "day" : days + " days";
  }

  private static SvgChart bars(List<FactorStudy> best) {
    SvgChart.BarBuilder chart = SvgChart.bars(
            "t-statistic of the rank IC, the most significant factors")
        .decimals(2);
    best.forEach(study -> chart.bar(study.name(), study.main().rankIc().tStatistic()));
    return chart.build();
  }

  private void conventions() {
    page.section("Conventions 口径");
    TextTable.Builder table = TextTable.builder().column("figure").column("how it is computed");
    result.conventions().forEach(convention -> table.row(convention.metric(), convention.text()));
    page.table(table.build());
    page.remark(NumberText.UNKNOWN
        + " stands for a figure that is not known. A study of the past promises nothing.");
  }
}
