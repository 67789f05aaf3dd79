package io.qilin.ops.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what a section gives a tree of maps, lists, texts, numbers and flags, without secrets and of bounded size. Runs where the
 * section runs, as its maps and texts may be as slow as the section itself. Not thread-safe: one for each tree.
 */
final class PlainTree {
  private static final int DEPTH = 8;
  private static final int NODES = 2_000;
  private static final String CUT = "…";

  private int nodes;

  private PlainTree() {}

  static Map<String, Object> of(Map<?, ?> section) {
    return new PlainTree().map(section, 0);
  }

  private Map<String, Object> map(Map<?, ?> from, int depth) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : from.entrySet()) {
      if (nodes >= NODES) {
        tree.put(CUT, CUT);
        break;
      }
      String name = String.valueOf(entry.getKey());
      Object value = Redaction.secretName(name) ? hidden() : value(entry.getValue(), depth + 1);
      tree.put(Redaction.clean(name), value);
    }
    return tree;
  }

  private Object hidden() {
    nodes++;
    return Redaction.HIDDEN;
  }

  private List<Object> list(Collection<?> from, int depth) {
    List<Object> tree = new ArrayList<>();
    for (Object part : from) {
      if (nodes >= NODES) {
        tree.add(CUT);
        break;
      }
      tree.add(value(part, depth + 1));
    }
    return tree;
  }

  private Object value(@Nullable Object value, int depth) {
    nodes++;
    if (value instanceof Optional<?> optional) {
      return value(optional.isPresent() ? optional.get() : "", depth);
    }
    if (value instanceof Map<?, ?> map) {
      return depth >= DEPTH ? CUT : map(map, depth);
    }
    if (value instanceof Collection<?> list) {
      return depth >= DEPTH ? CUT : list(list, depth);
    }
    if (value instanceof Boolean
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Double) {
      return value;
    }
    return Redaction.clean(String.valueOf(value));
  }

  /** The leaves, one on a line: {@code name.name: text}. */
  static void lines(String path, Object tree, StringBuilder out) {
    if (tree instanceof Map<?, ?> map) {
      map.forEach((name, part) -> lines(path + "." + name, part, out));
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        lines(path + "[" + i + "]", list.get(i), out);
      }
    } else {
      out.append(path).append(": ").append(tree).append('\n');
    }
  }
}
