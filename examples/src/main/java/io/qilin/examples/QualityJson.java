package io.qilin.examples;

import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualityReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A quality report as JSON; a dimension that was not applicable has no score. */
final class QualityJson {
  private QualityJson() {}

  static String write(QualityReport report, Map<String, Object> verdict) {
    Map<String, Object> root = new LinkedHashMap<>(verdict);
    root.put("judgedAt", report.judgedAt().toString());
    root.put("rows", report.rows());
    root.put("overall", report.overall());
    root.put("alert", report.alert());
    Map<String, Object> scores = new LinkedHashMap<>();
    for (QualityDimension dimension : QualityDimension.values()) {
      scores.put(QualityView.word(dimension), report.scores().getOrDefault(dimension, Double.NaN));
    }
    root.put("scores", scores);
    root.put("bad", report.bad());
    List<Object> findings = new ArrayList<>();
    report.findings().forEach(finding -> findings.add(finding(finding)));
    root.put("findings", findings);
    return Json.write(root);
  }

  private static Map<String, Object> finding(QualityFinding finding) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("rule", finding.rule());
    out.put("dimension", QualityView.word(finding.dimension()));
    out.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    out.put("symbol", finding.symbol());
    out.put("day", finding.day());
    out.put("field", finding.field().map(field -> field.name()));
    out.put("value", finding.value());
    out.put("message", finding.message());
    return out;
  }
}
