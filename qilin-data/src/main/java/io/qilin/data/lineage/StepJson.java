package io.qilin.data.lineage;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A step as JSON and back. */
final class StepJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private StepJson() {}

  static String write(LineageStep step) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("operation", step.operation());
    root.put("version", step.code().version());
    step.code().commit().ifPresent(commit -> root.put("commit", commit));
    root.put("started", step.started().toString());
    root.put("ended", step.ended().toString());
    texts(root.putObject("parameters"), step.parameters());
    nodes(root.putArray("inputs"), step.inputs());
    nodes(root.putArray("outputs"), step.outputs());
    return MAPPER.writeValueAsString(root);
  }

  private static void texts(ObjectNode to, Map<String, String> texts) {
    texts.forEach(to::put);
  }

  private static void nodes(ArrayNode to, List<LineageNode> nodes) {
    for (LineageNode node : nodes) {
      ObjectNode out = to.addObject();
      out.put("kind", node.kind().name());
      out.put("name", node.name());
      out.put("hash", node.hash().hex());
      out.put("created", node.created().toString());
      texts(out.putObject("facts"), node.facts());
      ArrayNode columns = out.putArray("columns");
      for (LineageColumn column : node.columns()) {
        ObjectNode each = columns.addObject().put("name", column.name()).put("type", column.type());
        ArrayNode sources = each.putArray("sources");
        column.sources().forEach(sources::add);
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param place where the text stands, for messages
   * @throws QilinException DATA_FORMAT
   */
  static LineageStep read(String json, String place) {
    try {
      return step(MAPPER.readTree(json));
    } catch (JacksonException | QilinException | DateTimeException | IllegalArgumentException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, place + ": this is no step of a lineage: " + reason(e), e);
    }
  }

  private static String reason(RuntimeException e) {
    String text = e instanceof JacksonException json
        ? String.valueOf(json.getOriginalMessage())
        : String.valueOf(e.getMessage());
    String quoted = QilinException.quote(text);
    return quoted;
  }

  private static LineageStep step(JsonNode root) {
    return new LineageStep(
        text(root, "operation"),
        new CodeVersion(
            text(root, "version"),
            root.has("commit") ? Optional.of(text(root, "commit")) : Optional.empty()),
        texts(root, "parameters"),
        nodes(root, "inputs"),
        nodes(root, "outputs"),
        Instant.parse(text(root, "started")),
        Instant.parse(text(root, "ended")));
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || !value.isString()) {
      throw QilinException.invalid("the text '" + name + "' is missing");
    }
    return value.stringValue();
  }

  private static JsonNode part(JsonNode node, String name, boolean array) {
    JsonNode value = node.get(name);
    if (value == null || (array ? !value.isArray() : !value.isObject())) {
      throw QilinException.invalid("the part '" + name + "' is missing");
    }
    return value;
  }

  private static Map<String, String> texts(JsonNode node, String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode part = part(node, name, false);
    for (String key : part.propertyNames()) {
      texts.put(key, text(part, key));
    }
    return texts;
  }

  private static List<LineageNode> nodes(JsonNode node, String name) {
    List<LineageNode> nodes = new ArrayList<>();
    for (JsonNode each : part(node, name, true)) {
      List<LineageColumn> columns = new ArrayList<>();
      for (JsonNode column : part(each, "columns", true)) {
        List<String> sources = new ArrayList<>();
        for (JsonNode source : part(column, "sources", true)) {
          if (!source.isString()) {
            throw QilinException.invalid("a source of a column is no text");
          }
          sources.add(source.stringValue());
        }
        columns.add(new LineageColumn(text(column, "name"), text(column, "type"), sources));
      }
      nodes.add(new LineageNode(
          LineageKind.valueOf(text(each, "kind")),
          text(each, "name"),
          ContentHash.parse(text(each, "hash")),
          Instant.parse(text(each, "created")),
          texts(each, "facts"),
          columns));
    }
    return nodes;
  }
}
