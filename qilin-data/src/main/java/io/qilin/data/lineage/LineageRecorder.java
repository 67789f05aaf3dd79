package io.qilin.data.lineage;

import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.source.Bars;
import io.qilin.core.factor.FactorPlan;
import io.qilin.data.quality.QualityReportJson;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Records where results came from, while they are made: each method takes the values themselves, hashes them, and gives
 * back the node that the next step names as its input.
 *
 * <pre>{@code
 * LineageRecorder lineage = LineageRecorder.of(clock, CodeVersion.of("0.1.0"));
 * LineageNode file = lineage.file(path);
 * LineageNode bars = lineage.bars(List.of(file), read);
 * lineage.judged(bars, report);
 * LineageNode factors = lineage.factors(List.of(bars), plan, set, table);
 * System.out.println(lineage.graph().explain());
 * }</pre>
 *
 * <p>A step begins where the one before it ended, unless {@link #begin} was called, and ends when it is recorded. Safe for
 * use by several threads; one lock guards the graph.
 */
public final class LineageRecorder {
  private final Clock clock;
  private final CodeVersion code;
  private final LineageGraph.Builder graph = LineageGraph.builder();
  private Instant started;

  private LineageRecorder(Clock clock, CodeVersion code) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.code = Objects.requireNonNull(code, "code");
    this.started = clock.instant();
  }

  /** A recorder without any step. */
  public static LineageRecorder of(Clock clock, CodeVersion code) {
    return new LineageRecorder(clock, code);
  }

  /** Says that the next step begins now. */
  public synchronized void begin() {
    started = clock.instant();
  }

  /** All steps until now. */
  public synchronized LineageGraph graph() {
    return graph.build();
  }

  /**
   * A file or folder that is an input: its bytes are hashed now. Facts: {@code path} as given.
   *
   * @throws QilinException DATA_NOT_FOUND; IO
   */
  public LineageNode file(Path path) {
    Path name = path.getFileName();
    return LineageNode.of(
        LineageKind.FILE,
        name == null ? path.toString() : name.toString(),
        ContentHash.ofFile(path),
        clock.instant(),
        Map.of("path", path.toString()));
  }

  /** Bars that were read from files, or from a source that needs none. */
  public LineageNode bars(List<LineageNode> files, Bars bars) {
    LineageNode node = panel("bars", bars.panel());
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("provider", bars.provenance().provider());
    parameters.put("synthetic", String.valueOf(bars.provenance().synthetic()));
    parameters.put("rowsRead", String.valueOf(bars.rowsRead()));
    parameters.put("findings", String.valueOf(bars.findings().size()));
    return step("read-bars", parameters, files, node);
  }

  /**
   * A panel that was made from another, for example by {@link Panel#withAdjustment}. One that has the content of its
   * source is the source, and no step.
   */
  public LineageNode derived(String operation, LineageNode from, String name, Panel panel) {
    LineageNode node = panel(name, panel);
    return node.hash().equals(from.hash()) ? from : step(operation, Map.of(), List.of(from), node);
  }

  private LineageNode panel(String name, Panel panel) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("symbols", String.valueOf(panel.symbols().size()));
    facts.put("days", String.valueOf(panel.days().size()));
    facts.put("firstDay", panel.days().get(0).toString());
    facts.put("lastDay", panel.lastDay().toString());
    facts.put("adjustment", panel.adjustment().name());
    List<LineageColumn> columns = panel.fields().stream()
        .map(field -> new LineageColumn(field.name(), "FLOAT64", List.of()))
        .toList();
    return new LineageNode(
        LineageKind.DATASET, name, ContentHash.of(panel), clock.instant(), facts, columns);
  }

  /** What codes stood for over time. */
  public LineageNode securities(List<LineageNode> from, Map<Symbol, SecurityTimeline> securities) {
    return step(
        "read-securities",
        Map.of(),
        from,
        LineageNode.of(
            LineageKind.DATASET,
            "securities",
            ContentHash.of(securities),
            clock.instant(),
            Map.of("symbols", String.valueOf(securities.size()))));
  }

  /** What was found about data: a report node, whose facts go into the quality facets of the data in OpenLineage. */
  public LineageNode judged(LineageNode data, QualityReport report) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(QualityFacts.ROWS, String.valueOf(report.rows()));
    facts.put(QualityFacts.OVERALL, String.valueOf(report.overall()));
    report
        .scores()
        .forEach((dimension, score) -> facts.put(
            QualityFacts.SCORE + dimension.name().toLowerCase(Locale.ROOT), String.valueOf(score)));
    report
        .bad()
        .forEach((rule, count) -> facts.put(QualityFacts.BAD + rule, String.valueOf(count)));
    LineageNode node = LineageNode.of(
        LineageKind.REPORT,
        "quality",
        ContentHash.ofText(QualityReportJson.of(report)),
        clock.instant(),
        facts);
    return step("judge-quality", Map.of(), List.of(data), node);
  }

  /**
   * Factors that a plan computed over data; each column names the fields that its expression reads.
   *
   * @param inputs the data, and where the formulas came from, if that is a file
   * @param plan made of the set
   */
  public LineageNode factors(
      List<LineageNode> inputs, FactorPlan plan, FactorSet set, FactorTable table) {
    List<LineageColumn> columns = new ArrayList<>();
    for (int i = 0; i < plan.names().size(); i++) {
      List<String> fields =
          plan.expressions().get(i).fields().stream().map(field -> field.name()).toList();
      columns.add(new LineageColumn(plan.names().get(i), "FLOAT64", fields));
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("factors", String.valueOf(table.names().size()));
    facts.put("symbols", String.valueOf(table.symbols().size()));
    facts.put("days", String.valueOf(table.days().size()));
    LineageNode node = new LineageNode(
        LineageKind.FACTORS, set.name(), ContentHash.of(table), clock.instant(), facts, columns);
    return step(
        "compute-factors", Map.of("set", set.name(), "definition", plan.digest()), inputs, node);
  }

  /**
   * A decision, from its record. The record's own digests of its inputs become nodes between the decision and what the
   * caller names: bars up to the day, factors, portfolio, rules.
   *
   * @param record what was decided
   * @param hash of the record as it is stored, for example {@link ContentHash#ofFile}
   * @param from what the inputs of the decision were taken from; may be empty
   */
  public LineageNode decision(DecisionRecord record, ContentHash hash, List<LineageNode> from) {
    List<LineageNode> inputs = new ArrayList<>();
    Instant now = clock.instant();
    record
        .inputs()
        .forEach((name, hex) -> inputs.add(LineageNode.of(
            name.equals("factors") ? LineageKind.FACTORS : LineageKind.DATASET,
            "decision-" + name,
            ContentHash.parse(hex),
            now,
            Map.of("day", record.day().toString()))));
    List<LineageNode> bars =
        inputs.stream().filter(node -> node.name().equals("decision-bars")).toList();
    if (!from.isEmpty() && !bars.isEmpty()) {
      step("snapshot", Map.of("day", record.day().toString()), from, bars);
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("day", record.day().toString());
    facts.put("session", record.session().toString());
    facts.put("candidates", String.valueOf(record.candidates().size()));
    facts.put(
        "recommended",
        String.join(
            " ",
            record.recommendations().stream().map(r -> r.symbol().toString()).toList()));
    LineageNode node = LineageNode.of(LineageKind.DECISION, "decision", hash, now, facts);
    CodeVersion decided = record.qilin().isBlank() ? code : CodeVersion.of(record.qilin());
    return record("decide", decided, record.settings(), inputs, List.of(node)).get(0);
  }

  /** Any other step with one output, for example the training of a model. */
  public LineageNode step(
      String operation,
      Map<String, String> parameters,
      List<LineageNode> inputs,
      LineageNode output) {
    return step(operation, parameters, inputs, List.of(output)).get(0);
  }

  /**
   * Any other step.
   *
   * @throws QilinException INVALID_ARGUMENT as {@link LineageStep}; DATA_CONFLICT as {@link LineageGraph.Builder#add}
   */
  public List<LineageNode> step(
      String operation,
      Map<String, String> parameters,
      List<LineageNode> inputs,
      List<LineageNode> outputs) {
    return record(operation, code, parameters, inputs, outputs);
  }

  private synchronized List<LineageNode> record(
      String operation,
      CodeVersion by,
      Map<String, String> parameters,
      List<LineageNode> inputs,
      List<LineageNode> outputs) {
    Instant now = clock.instant();
    Instant began = started.isAfter(now) ? now : started;
    graph.add(new LineageStep(operation, by, parameters, inputs, outputs, began, now));
    started = now;
    return outputs;
  }
}
