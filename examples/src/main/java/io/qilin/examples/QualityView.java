package io.qilin.examples;

import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualityReport;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A quality report as tables for a person. */
final class QualityView {
  private static final int EXAMPLE_CELLS = 56;

  private QualityView() {}

  /** The six dimensions, one row each. */
  static TextTable dimensions(QualityReport report) {
    TextTable.Builder table = TextTable.builder()
        .column("dimension")
        .column("维度")
        .column("score", Align.DECIMAL)
        .column("weight", Align.DECIMAL);
    for (QualityDimension dimension : QualityDimension.values()) {
      Double score = report.scores().get(dimension);
      table.row(
          word(dimension),
          chinese(dimension),
          score == null ? "n/a" : NumberText.fixed(score, 4),
          NumberText.fixed(dimension.weight(), 2));
    }
    return table.build();
  }

  /** The broken rules, one row each, with the first place. */
  static TextTable rules(QualityReport report) {
    Map<String, QualityFinding> first = new TreeMap<>();
    report.findings().forEach(finding -> first.putIfAbsent(finding.rule(), finding));
    TextTable.Builder table = TextTable.builder()
        .column("rule")
        .column("rows", Align.RIGHT)
        .column("severity")
        .column("for example", Align.LEFT, EXAMPLE_CELLS);
    Map<String, Long> counts = new TreeMap<>(report.bad());
    counts.values().removeIf(count -> count == 0);
    first.keySet().forEach(rule -> counts.putIfAbsent(rule, 0L));
    counts.forEach((rule, count) -> {
      QualityFinding finding = first.get(rule);
      table.row(
          rule,
          count == 0 ? "" : NumberText.count(count),
          finding == null ? "" : finding.severity().name().toLowerCase(Locale.ROOT),
          finding == null ? "" : example(finding));
    });
    return table.build();
  }

  /** One sentence: the overall score, the rows, whether an alert is due. */
  static String summary(QualityReport report) {
    long rows = report.rows();
    String score =
        Double.isNaN(report.overall()) ? "not known" : NumberText.fixed(report.overall(), 3);
    String alert = report.alert() ? "; an alert is due below " + QualityReport.ALERT_BELOW : "";
    return "overall " + score + " over " + NumberText.count(rows) + " rows" + alert;
  }

  private static String example(QualityFinding finding) {
    StringBuilder out = new StringBuilder();
    finding.symbol().ifPresent(symbol -> out.append(symbol).append(' '));
    finding.day().ifPresent(day -> out.append(day).append(' '));
    return out.append(finding.message()).toString();
  }

  static String word(QualityDimension dimension) {
    return dimension.name().toLowerCase(Locale.ROOT);
  }

  private static String chinese(QualityDimension dimension) {
    return switch (dimension) {
      case COMPLETENESS -> "完整性";
      case CONSISTENCY -> "一致性";
      case ACCURACY -> "准确性";
      case TIMELINESS -> "及时性";
      case UNIQUENESS -> "唯一性";
      case VALIDITY -> "有效性";
    };
  }
}
