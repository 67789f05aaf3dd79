package io.qilin.restsource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** A record as a tree, put together from the paths of its values, each of which is JSON already. Not thread-safe. */
final class RecordTree {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** A part with parts of its own: an object, or a list if their names are numbers. */
  private static final class Branch {
    private final Map<String, Object> parts = new LinkedHashMap<>();

    Branch inside(String name) {
      return (Branch) parts.computeIfAbsent(name, key -> new Branch());
    }

    private static boolean isNumber(String name) {
      return name.length() <= 3 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    void write(StringBuilder out) {
      if (!parts.isEmpty() && parts.keySet().stream().allMatch(Branch::isNumber)) {
        Map<Integer, Object> ordered = new TreeMap<>();
        parts.forEach((name, part) -> ordered.put(Integer.valueOf(name), part));
        out.append('[');
        ordered.values().forEach(part -> write(part, out.append(comma(out))));
        out.append(']');
        return;
      }
      out.append('{');
      parts.forEach((name, part) ->
          write(part, out.append(comma(out)).append(quoted(name)).append(':')));
      out.append('}');
    }

    private static String comma(StringBuilder out) {
      return "[{".indexOf(out.charAt(out.length() - 1)) >= 0 ? "" : ",";
    }

    private static void write(Object part, StringBuilder out) {
      if (part instanceof Branch branch) {
        branch.write(out);
      } else {
        out.append(part);
      }
    }
  }

  private final Branch root = new Branch();

  /**
   * Puts a value in its place.
   *
   * @param json the value as JSON
   */
  void put(String path, String json) {
    Branch at = root;
    int begin = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', begin)) {
      at = at.inside(path.substring(begin, dot));
      begin = dot + 1;
    }
    at.parts.put(path.substring(begin), json);
  }

  /** As a line of {@code io.qilin.data.record.RecordLine}. */
  String line() {
    StringBuilder out = new StringBuilder(512);
    root.write(out);
    return out.toString();
  }

  /** A text as JSON. */
  static String quoted(String text) {
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\');
    return plain ? '"' + text + '"' : JSON.writeValueAsString(text);
  }
}
