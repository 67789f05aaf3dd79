package io.qilin.restsource;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A record as a tree, put together from the paths of its values. Not thread-safe. */
final class RecordTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** A part with parts of its own: an object, or a list if their names are numbers. */
  private static final class Branch {
    private final Map<String, Object> parts = new TreeMap<>();

    Branch inside(String name) {
      return (Branch) parts.computeIfAbsent(name, key -> new Branch());
    }

    boolean isList() {
      return !parts.isEmpty() && parts.keySet().stream().allMatch(Branch::isNumber);
    }

    private static boolean isNumber(String name) {
      return name.length() <= 3 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    JsonNode node() {
      if (isList()) {
        ArrayNode list = NODES.arrayNode();
        Map<Integer, Object> ordered = new TreeMap<>();
        parts.forEach((name, part) -> ordered.put(Integer.valueOf(name), part));
        ordered.values().forEach(part -> list.add(node(part)));
        return list;
      }
      ObjectNode object = NODES.objectNode();
      parts.forEach((name, part) -> object.set(name, node(part)));
      return object;
    }

    private static JsonNode node(Object part) {
      return part instanceof Branch branch ? branch.node() : (JsonNode) part;
    }
  }

  private final Branch root = new Branch();

  void put(String path, JsonNode value) {
    Branch at = root;
    int begin = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', begin)) {
      at = at.inside(path.substring(begin, dot));
      begin = dot + 1;
    }
    at.parts.put(path.substring(begin), value);
  }

  /** As a line of {@code io.qilin.data.record.RecordLine}. */
  String line() {
    return JSON.writeValueAsString(root.node());
  }
}
