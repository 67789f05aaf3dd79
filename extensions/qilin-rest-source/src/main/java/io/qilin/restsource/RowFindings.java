package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was noticed while reading: of each rule the first places, then how many more there are. Not thread-safe. */
final class RowFindings {
  private static final int MOST = 100;

  private final List<QualityFinding> findings = new ArrayList<>();
  private final Map<String, QualityFinding> first = new TreeMap<>();
  private final Map<String, Long> counts = new TreeMap<>();

  void note(
      String rule,
      QualityDimension dimension,
      QualitySeverity severity,
      Optional<Symbol> symbol,
      Optional<LocalDate> day,
      String message) {
    long count = counts.merge(rule, 1L, Long::sum);
    if (count <= MOST) {
      QualityFinding finding = new QualityFinding(
          rule, dimension, severity, symbol, day, Optional.empty(), Double.NaN, message);
      first.putIfAbsent(rule, finding);
      findings.add(finding);
    }
  }

  /** A row that is no record. */
  void refused(QilinException error) {
    String message = String.valueOf(error.getMessage());
    note(
        "row-refused",
        QualityDimension.VALIDITY,
        QualitySeverity.ERROR,
        Optional.empty(),
        Optional.empty(),
        message.substring(message.indexOf(' ') + 1) + "; the row is left out");
  }

  List<QualityFinding> all() {
    List<QualityFinding> all = new ArrayList<>(findings);
    counts.forEach((rule, count) -> {
      if (count > MOST) {
        QualityFinding like = first.get(rule);
        if (like != null) {
          all.add(new QualityFinding(
              rule,
              like.dimension(),
              like.severity(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              count - MOST,
              "and " + (count - MOST) + " more"));
        }
      }
    });
    return List.copyOf(all);
  }
}
