package io.qilin.data.lineage;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityReport;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A lineage as run events of OpenLineage, version 2-0-2 of its specification: for each step a START and a COMPLETE event,
 * in the order of the steps. Equal graphs give equal text.
 *
 * <p>A step is a job, named by its operation; the run's name is {@link LineageStep#id}. Nodes are data sets: files in the
 * namespace {@code file}, named by their path, the others in the namespace of this exporter, named by their name. Facets:
 * {@code version} (the content hash), {@code dataSource}, {@code schema}, {@code columnLineage} where columns name their
 * sources, and on data that a quality report judged {@code dataQualityMetrics} and {@code dataQualityAssertions} as input
 * facets of every later use. The parameters and the version of the code are facets of the run; {@code parent} is one if
 * {@link #withParent} was called. Code of a known commit whose producer is a web address has {@code sourceCodeLocation}.
 *
 * <p>Immutable and safe to share.
 */
public final class OpenLineageJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String SPEC = "https://openlineage.io/spec/";
  private static final String FILES = "file";
  private static final double GOOD = QualityReport.ALERT_BELOW;

  private final String namespace;
  private final String producer;
  private final Optional<ParentRun> parent;

  private OpenLineageJson(String namespace, String producer, Optional<ParentRun> parent) {
    this.namespace = namespace;
    this.producer = producer;
    this.parent = parent;
  }

  /**
   * An exporter.
   *
   * @param namespace of the jobs and the data sets, for example {@code research}
   * @param producer who says so, an absolute URI: usually where the code of the host lies, with its version
   * @throws QilinException INVALID_ARGUMENT for a blank namespace or a producer that is no absolute URI
   */
  public static OpenLineageJson of(String namespace, URI producer) {
    if (namespace.isBlank() || !producer.isAbsolute()) {
      throw QilinException.invalid(
          "events of OpenLineage need a namespace and an absolute URI of the producer, were "
              + QilinException.quote(namespace) + " and "
              + QilinException.quote(producer.toString()));
    }
    return new OpenLineageJson(namespace, producer.toString(), Optional.empty());
  }

  /** The same for steps that are parts of a run, for example of a scheduler's. */
  public OpenLineageJson withParent(ParentRun run) {
    return new OpenLineageJson(namespace, producer, Optional.of(run));
  }

  /**
   * All events of a graph, one JSON object each.
   *
   * @throws QilinException DATA_FORMAT if a quality report has a fact that should be a number and is none
   */
  public List<String> events(LineageGraph graph) {
    List<String> events = new ArrayList<>();
    for (LineageStep step : graph.steps()) {
      events.addAll(events(graph, step));
    }
    return events;
  }

  /**
   * The START and the COMPLETE event of one step.
   *
   * @param graph where it is told what was found about the step's inputs
   * @throws QilinException as {@link #events(LineageGraph)}
   */
  public List<String> events(LineageGraph graph, LineageStep step) {
    return List.of(
        MAPPER.writeValueAsString(completed(graph, step, "START", step.started())),
        MAPPER.writeValueAsString(completed(graph, step, "COMPLETE", step.ended())));
  }

  /** The START and the FAIL event of a step that made nothing; the reason is in {@code errorMessage}. */
  public List<String> failure(FailedStep step) {
    return List.of(
        MAPPER.writeValueAsString(failed(step, "START", step.started())),
        MAPPER.writeValueAsString(failed(step, "FAIL", step.ended())));
  }

  private ObjectNode completed(LineageGraph graph, LineageStep step, String type, Instant time) {
    ObjectNode root =
        event(type, time, step.id(), step.operation(), step.code(), step.parameters());
    ArrayNode inputs = root.putArray("inputs");
    step.inputs().forEach(node -> input(inputs.addObject(), graph, node));
    ArrayNode outputs = root.putArray("outputs");
    step.outputs().forEach(node -> output(outputs.addObject(), step, node));
    return root;
  }

  private ObjectNode failed(FailedStep step, String type, Instant time) {
    ObjectNode root =
        event(type, time, step.id(), step.operation(), step.code(), step.parameters());
    if (type.equals("FAIL")) {
      facet((ObjectNode) root.at("/run/facets"), "errorMessage", "1-0-1/ErrorMessageRunFacet")
          .put("message", step.reason())
          .put("programmingLanguage", "JAVA");
    }
    ArrayNode inputs = root.putArray("inputs");
    step.inputs().forEach(node -> dataset(inputs.addObject(), node));
    root.putArray("outputs");
    return root;
  }

  private ObjectNode event(
      String type,
      Instant time,
      UUID id,
      String operation,
      CodeVersion code,
      Map<String, String> parameters) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("eventTime", time.toString());
    root.put("producer", producer);
    root.put("schemaURL", SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent");
    root.put("eventType", type);
    ObjectNode run = root.putObject("run").put("runId", id.toString());
    runFacets(run.putObject("facets"), code, parameters);
    ObjectNode job = root.putObject("job").put("namespace", namespace).put("name", operation);
    ObjectNode facets = job.putObject("facets");
    facet(facets, "jobType", "2-0-4/JobTypeJobFacet")
        .put("processingType", "BATCH")
        .put("integration", "QILIN")
        .put("jobType", "JOB");
    if (code.commit().isPresent() && producer.startsWith("http")) {
      facet(facets, "sourceCodeLocation", "1-1-0/SourceCodeLocationJobFacet")
          .put("type", "git")
          .put("url", producer)
          .put("version", code.commit().get());
    }
    return root;
  }

  private void runFacets(ObjectNode facets, CodeVersion code, Map<String, String> parameters) {
    facet(facets, "processing_engine", "1-1-1/ProcessingEngineRunFacet")
        .put("version", code.toString())
        .put("name", "qilin");
    if (parent.isPresent()) {
      ObjectNode of = facet(facets, "parent", "1-2-0/ParentRunFacet");
      of.putObject("run").put("runId", parent.get().run().toString());
      of.putObject("job")
          .put("namespace", parent.get().namespace())
          .put("name", parent.get().job());
    }
    ObjectNode own = facets.putObject("qilin_parameters");
    own.put("_producer", producer);
    own.put("_schemaURL", SPEC + "2-0-2/OpenLineage.json#/$defs/RunFacet");
    ObjectNode texts = own.putObject("parameters");
    parameters.forEach(texts::put);
  }

  private ObjectNode facet(ObjectNode facets, String name, String schema) {
    String type = schema.substring(schema.indexOf('/') + 1);
    return facets
        .putObject(name)
        .put("_producer", producer)
        .put("_schemaURL", SPEC + "facets/" + schema + ".json#/$defs/" + type);
  }

  private void input(ObjectNode to, LineageGraph graph, LineageNode node) {
    dataset(to, node);
    report(graph, node).ifPresent(report -> quality(to.putObject("inputFacets"), report.facts()));
  }

  private void output(ObjectNode to, LineageStep step, LineageNode node) {
    ObjectNode facets = dataset(to, node);
    boolean computed =
        node.columns().stream().anyMatch(column -> !column.sources().isEmpty());
    if (!computed) {
      return;
    }
    ObjectNode fields =
        facet(facets, "columnLineage", "1-2-0/ColumnLineageDatasetFacet").putObject("fields");
    for (LineageColumn column : node.columns()) {
      ArrayNode sources = fields.putObject(column.name()).putArray("inputFields");
      for (LineageNode input : step.inputs()) {
        sources(sources, column, input);
      }
    }
  }

  private void sources(ArrayNode to, LineageColumn column, LineageNode input) {
    for (String source : column.sources()) {
      boolean has = input.columns().stream().anyMatch(each -> each.name().equals(source));
      if (has) {
        name(to.addObject(), input).put("field", source);
      }
    }
  }

  private ObjectNode name(ObjectNode to, LineageNode node) {
    return node.kind() == LineageKind.FILE
        ? to.put("namespace", FILES).put("name", path(node))
        : to.put("namespace", namespace).put("name", node.name());
  }

  private static String path(LineageNode node) {
    return node.facts().getOrDefault("path", node.name());
  }

  private ObjectNode dataset(ObjectNode to, LineageNode node) {
    ObjectNode facets = name(to, node).putObject("facets");
    facet(facets, "version", "1-0-1/DatasetVersionDatasetFacet")
        .put("datasetVersion", node.hash().toString());
    ObjectNode source = facet(facets, "dataSource", "1-0-1/DatasourceDatasetFacet")
        .put("name", node.kind().name().toLowerCase(Locale.ROOT));
    if (node.kind() == LineageKind.FILE) {
      source.put("uri", uri(path(node)));
    }
    if (!node.columns().isEmpty()) {
      ArrayNode fields = facet(facets, "schema", "1-2-0/SchemaDatasetFacet").putArray("fields");
      for (LineageColumn column : node.columns()) {
        fields.addObject().put("name", column.name()).put("type", column.type());
      }
    }
    return facets;
  }

  /** A path as given, made an absolute or relative reference with every strange character escaped. */
  private static String uri(String path) {
    String slashed = path.replace('\\', '/');
    try {
      String absolute = slashed.startsWith("/") ? slashed : "/" + slashed;
      return new URI(FILES, "", absolute, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw QilinException.invalid("no path of a file: " + QilinException.quote(path));
    }
  }

  /** The newest report about some content. */
  private static Optional<LineageNode> report(LineageGraph graph, LineageNode node) {
    LineageNode found = null;
    for (LineageStep step : graph.users(node.hash())) {
      for (LineageNode output : step.outputs()) {
        boolean better = output.kind() == LineageKind.REPORT
            && output.facts().containsKey(QualityFacts.OVERALL)
            && (found == null || !output.created().isBefore(found.created()));
        found = better ? output : found;
      }
    }
    return Optional.ofNullable(found);
  }

  private void quality(ObjectNode facets, Map<String, String> facts) {
    ObjectNode metrics =
        facet(facets, "dataQualityMetrics", "1-0-3/DataQualityMetricsInputDatasetFacet");
    metrics.put(
        "rowCount", (long) number(QualityFacts.ROWS, facts.getOrDefault(QualityFacts.ROWS, "0")));
    metrics.putObject("columnMetrics");
    ArrayNode assertions = facet(
            facets, "dataQualityAssertions", "1-1-0/DataQualityAssertionsDatasetFacet")
        .putArray("assertions");
    facts.forEach((name, value) -> {
      if (name.equals(QualityFacts.OVERALL)) {
        assertions.addObject().put("assertion", name).put("success", number(name, value) >= GOOD);
      } else if (name.startsWith(QualityFacts.SCORE)) {
        assertions
            .addObject()
            .put("assertion", name.substring(QualityFacts.SCORE.length()))
            .put("success", number(name, value) >= GOOD);
      } else if (name.startsWith(QualityFacts.BAD)) {
        assertions
            .addObject()
            .put("assertion", name.substring(QualityFacts.BAD.length()))
            .put("success", value.equals("0"));
      }
    });
  }

  private static double number(String fact, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "a quality report tells " + QilinException.quote(value) + " as its fact "
              + QilinException.quote(fact) + "; it takes a number");
    }
  }
}
