package io.qilin.data.quality.table;

import io.qilin.core.report.HtmlReport;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.SvgChart;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import java.util.List;
import java.util.Locale;

/** A report for people: as a page in one file, and as tables for a terminal. */
public final class TableReportPage {
  private static final int MOST_FINDINGS = 200;
  private static final int MESSAGE_CELLS = 90;

  private TableReportPage() {}

  /**
   * The report as an HTML page that loads nothing from elsewhere.
   *
   * @param title what was judged
   */
  public static String html(String title, TableReport report) {
    HtmlReport.Builder page = HtmlReport.builder("en", title)
        .wide()
        .subtitle("Judged at " + report.judgedAt())
        .section("Result")
        .figures(List.of(
            new HtmlReport.Figure(
                "overall",
                Double.isNaN(report.overall()) ? "n/a" : NumberText.fixed(report.overall(), 3),
                report.alert() ? "an alert is due" : "good from 0.8 on"),
            new HtmlReport.Figure("rows", NumberText.count(report.rows()), ""),
            new HtmlReport.Figure(
                "broken rules",
                Long.toString(
                    report.outcomes().stream().filter(o -> !o.passed()).count()),
                "of " + report.outcomes().size())));
    if (!report.scores().isEmpty()) {
      SvgChart.BarBuilder bars = SvgChart.bars("Score by dimension");
      report.scores().forEach((dimension, score) -> bars.bar(lower(dimension), score));
      page.chart(bars.build());
    }
    page.section("Rules").table(rules(report));
    if (!report.findings().isEmpty()) {
      page.section("Findings").table(findings(report, MOST_FINDINGS));
      if (report.findings().size() > MOST_FINDINGS) {
        page.remark("The worst " + MOST_FINDINGS + " of " + report.findings().size()
            + " that are kept; counts above are exact.");
      }
    }
    return page.build();
  }

  /** The report as text for a terminal, with the worst findings. */
  public static String text(TableReport report, int findings) {
    StringBuilder out = new StringBuilder().append(rules(report));
    if (!report.findings().isEmpty() && findings > 0) {
      out.append('\n').append(findings(report, findings));
    }
    return out.append('\n').append(report.summary()).append('\n').toString();
  }

  private static TextTable rules(TableReport report) {
    TextTable.Builder table = TextTable.builder()
        .column("rule")
        .column("dimension")
        .column("severity")
        .column("judged", Align.RIGHT)
        .column("bad", Align.RIGHT)
        .column("value", Align.DECIMAL)
        .column("result")
        .column("note", Align.LEFT, MESSAGE_CELLS);
    for (RuleOutcome outcome : report.outcomes()) {
      table.row(
          outcome.rule().name(),
          lower(outcome.rule().dimension()),
          lower(outcome.rule().severity()),
          NumberText.count(outcome.judged()),
          NumberText.count(outcome.bad()),
          Double.isNaN(outcome.value()) ? NumberText.UNKNOWN : value(outcome.value()),
          !outcome.applied() ? "n/a" : outcome.passed() ? "good" : "broken",
          outcome.note());
    }
    return table.build();
  }

  private static String value(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Math.abs(value) < 1e9 ? NumberText.fixed(value, 6) : Double.toString(value);
  }

  private static TextTable findings(TableReport report, int most) {
    TextTable.Builder table = TextTable.builder()
        .column("severity")
        .column("rule")
        .column("part")
        .column("row", Align.RIGHT)
        .column("key")
        .column("message", Align.LEFT, MESSAGE_CELLS);
    report.findings().stream()
        .limit(most)
        .forEach(finding -> table.row(
            lower(finding.severity()),
            finding.rule(),
            finding.part(),
            finding.row() == TableFinding.NO_ROW ? "" : NumberText.count(finding.row()),
            finding.key(),
            finding.message()));
    return table.build();
  }

  /** The word for a dimension or a severity. */
  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
