package io.qilin.data.quality;

import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.quality.QualitySeverity;

/**
 * The score of older qilin systems, for comparison with their records: 100 − 10 × the sum of the weights of the listed
 * findings (INFO 0.1, WARNING 0.3, ERROR 0.6, CRITICAL 1.0), not below 0. It depends on how many findings are listed,
 * not on how much data there is; prefer {@link QualityReport#overall()}.
 *
 * @param score 0 to 100
 */
public record LegacyQualityScore(double score) {
  /** The name of this way of scoring in settings and reports. */
  public static final String NAME = "qilin-legacy";

  /** The score below which an alert is due. */
  public static final double ALERT_BELOW = 80;

  /** Scores the findings of a report. */
  public static LegacyQualityScore of(QualityReport report) {
    double sum = 0;
    for (QualityFinding finding : report.findings()) {
      sum += weight(finding.severity());
    }
    return new LegacyQualityScore(Math.max(0, 100 - 10 * sum));
  }

  private static double weight(QualitySeverity severity) {
    return switch (severity) {
      case INFO -> 0.1;
      case WARNING -> 0.3;
      case ERROR -> 0.6;
      case CRITICAL -> 1.0;
    };
  }

  /** Whether an alert is due. */
  public boolean alert() {
    return score < ALERT_BELOW;
  }
}
