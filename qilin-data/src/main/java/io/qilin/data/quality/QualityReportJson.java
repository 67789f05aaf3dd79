package io.qilin.data.quality;

import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualityReport;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A quality report as JSON: {@code judgedAt rows overall alert scores bad findings}, in this order; dimensions in the
 * order of {@link QualityDimension}, lower case; what is not known or does not apply is {@code null} or left out, so a
 * dimension that is absent was not applicable. Equal reports give equal text.
 */
public final class QualityReportJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private QualityReportJson() {}

  /** The report on one line. */
  public static String of(QualityReport report) {
    return MAPPER.writeValueAsString(tree(report));
  }

  /** The report on several lines, indented. */
  public static String pretty(QualityReport report) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(report));
  }

  private static ObjectNode tree(QualityReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("judgedAt", report.judgedAt().toString());
    root.put("rows", report.rows());
    put(root, "overall", report.overall());
    root.put("alert", report.alert());
    ObjectNode scores = root.putObject("scores");
    for (Map.Entry<QualityDimension, Double> score : report.scores().entrySet()) {
      put(scores, score.getKey().name().toLowerCase(java.util.Locale.ROOT), score.getValue());
    }
    ObjectNode bad = root.putObject("bad");
    report.bad().forEach(bad::put);
    ArrayNode findings = root.putArray("findings");
    report.findings().forEach(finding -> add(findings.addObject(), finding));
    return root;
  }

  private static void add(ObjectNode node, QualityFinding finding) {
    node.put("rule", finding.rule());
    node.put("dimension", finding.dimension().name().toLowerCase(java.util.Locale.ROOT));
    node.put("severity", finding.severity().name());
    finding.symbol().ifPresent(symbol -> node.put("symbol", symbol.toString()));
    finding.day().ifPresent(day -> node.put("day", day.toString()));
    finding.field().ifPresent(field -> node.put("field", field.name()));
    put(node, "value", finding.value());
    node.put("message", finding.message());
  }

  /** JSON has no {@code NaN}; infinities become text. */
  private static void put(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else if (Double.isInfinite(value)) {
      node.put(name, value > 0 ? "inf" : "-inf");
    } else {
      node.put(name, value);
    }
  }
}
