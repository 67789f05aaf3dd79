package io.qilin.data.quality;

import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.source.Bars;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the source noticed while reading, counted as if it were checks of its own. */
final class ReadFindings {
  private ReadFindings() {}

  /**
   * For how many rows a finding stands. One that names neither instrument nor day and has a whole number above 0 as its
   * value sums up that many places which the source did not list; any other is one place.
   */
  static long count(QualityFinding finding) {
    boolean sum = finding.symbol().isEmpty() && finding.day().isEmpty();
    double value = finding.value();
    return sum && value >= 1 && value <= 1e15 && value == Math.rint(value) ? (long) value : 1;
  }

  /** What is INFO is not bad. */
  private static boolean isBad(QualityFinding finding, Set<QualityDimension> readByChecks) {
    return !readByChecks.contains(finding.dimension())
        && finding.severity() != QualitySeverity.INFO;
  }

  /** How many bad rows each rule of the source names, without those of dimensions that a check reads itself. */
  static Map<String, Long> byRule(Bars bars, Set<QualityDimension> readByChecks) {
    Map<String, Long> counts = new TreeMap<>();
    for (QualityFinding finding : bars.findings()) {
      if (isBad(finding, readByChecks)) {
        counts.merge(finding.rule(), count(finding), Long::sum);
      }
    }
    return counts;
  }

  /** How many bad rows the source names in each dimension. */
  static Map<QualityDimension, Long> bad(Bars bars, Set<QualityDimension> readByChecks) {
    Map<QualityDimension, Long> counts = new EnumMap<>(QualityDimension.class);
    for (QualityFinding finding : bars.findings()) {
      if (isBad(finding, readByChecks)) {
        counts.merge(finding.dimension(), count(finding), Long::sum);
      }
    }
    return counts;
  }
}
