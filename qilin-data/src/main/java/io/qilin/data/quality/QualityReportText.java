package io.qilin.data.quality;

import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualityReport;
import java.util.Locale;

/** A quality report as plain text for a terminal. Numbers are in the form of no locale. */
public final class QualityReportText {
  private QualityReportText() {}

  /**
   * The scores and the worst findings, one a line, each line ended by {@code \n}.
   *
   * @param most how many findings to list
   */
  public static String of(QualityReport report, int most) {
    StringBuilder out = new StringBuilder();
    String overall = Double.isNaN(report.overall()) ? "unknown" : number(report.overall());
    out.append("quality ").append(overall).append(report.alert() ? " (alert)" : "");
    out.append(", ").append(report.rows()).append(" rows\n");
    for (QualityDimension dimension : QualityDimension.values()) {
      Double score = report.scores().get(dimension);
      out.append(String.format(Locale.ROOT, "  %-14s", dimension.name().toLowerCase(Locale.ROOT)));
      out.append(score == null ? "not applicable" : number(score)).append('\n');
    }
    report
        .bad()
        .forEach((rule, count) ->
            out.append("  ").append(rule).append(": ").append(count).append('\n'));
    report.findings().stream()
        .limit(most)
        .forEach(finding -> out.append(line(finding)).append('\n'));
    int more = report.findings().size() - most;
    if (more > 0) {
      out.append("and ").append(more).append(" more findings\n");
    }
    return out.toString();
  }

  /** One finding: severity, rule, place, message. */
  static String line(QualityFinding finding) {
    StringBuilder out =
        new StringBuilder().append(finding.severity()).append(' ').append(finding.rule());
    finding.symbol().ifPresent(symbol -> out.append(' ').append(symbol));
    finding.day().ifPresent(day -> out.append(' ').append(day));
    return out.append(": ").append(finding.message()).toString();
  }

  private static String number(double score) {
    return String.format(Locale.ROOT, "%.4f", score);
  }
}
