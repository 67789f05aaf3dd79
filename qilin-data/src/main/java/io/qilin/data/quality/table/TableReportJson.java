package io.qilin.data.quality.table;

import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report as JSON: {@code judgedAt rows overall alert passed scores rules findings}, in this order; what is not known is
 * {@code null}, a dimension that is absent was not applicable. Equal reports give equal text.
 */
public final class TableReportJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private TableReportJson() {}

  /** The report on one line. */
  public static String of(TableReport report) {
    return MAPPER.writeValueAsString(tree(report));
  }

  /** The report on several lines, indented. */
  public static String pretty(TableReport report) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(report));
  }

  private static ObjectNode tree(TableReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("judgedAt", report.judgedAt().toString());
    root.put("rows", report.rows());
    put(root, "overall", report.overall());
    root.put("alert", report.alert());
    root.put("passed", report.passed());
    ObjectNode scores = root.putObject("scores");
    for (Map.Entry<?, Double> score : report.scores().entrySet()) {
      put(scores, lower(score.getKey()), score.getValue());
    }
    ArrayNode rules = root.putArray("rules");
    report.outcomes().forEach(outcome -> add(rules.addObject(), outcome));
    ArrayNode findings = root.putArray("findings");
    report.findings().forEach(finding -> add(findings.addObject(), finding));
    return root;
  }

  private static void add(ObjectNode node, RuleOutcome outcome) {
    TableRule rule = outcome.rule();
    node.put("rule", rule.name());
    node.put("text", rule.toString());
    node.put("dimension", lower(rule.dimension()));
    node.put("severity", rule.severity().name());
    node.put("judged", outcome.judged());
    node.put("bad", outcome.bad());
    put(node, "score", outcome.score());
    put(node, "value", outcome.value());
    node.put("passed", outcome.passed());
    if (!outcome.note().isEmpty()) {
      node.put("note", outcome.note());
    }
  }

  private static void add(ObjectNode node, TableFinding finding) {
    node.put("rule", finding.rule());
    node.put("dimension", lower(finding.dimension()));
    node.put("severity", finding.severity().name());
    if (!finding.part().isEmpty()) {
      node.put("part", finding.part());
    }
    if (finding.row() != TableFinding.NO_ROW) {
      node.put("row", finding.row());
    }
    if (!finding.key().isEmpty()) {
      node.put("key", finding.key());
    }
    if (!finding.column().isEmpty()) {
      node.put("column", finding.column());
    }
    put(node, "value", finding.value());
    node.put("message", finding.message());
  }

  private static String lower(Object value) {
    return value.toString().toLowerCase(Locale.ROOT);
  }

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
