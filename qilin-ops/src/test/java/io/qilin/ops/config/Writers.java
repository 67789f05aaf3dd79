package io.qilin.ops.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Writes texts and trees in each format, by means of its own and not of the readers'. */
final class Writers {
  private Writers() {}

  static String json(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      out.append(c >= ' ' && c < 0x7f && c != '"' && c != '\\' ? String.valueOf(c) : unit(c));
    }
    return out.append('"').toString();
  }

  /** In double quotes; beyond the basic plane by eight digits. */
  static String yaml(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints().forEach(c -> {
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        out.append((char) c);
      } else {
        out.append(String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c));
      }
    });
    return out.append('"').toString();
  }

  static String properties(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      out.append(Character.isLetterOrDigit(c) && c < 0x7f ? String.valueOf(c) : unit(c));
    }
    return out.toString();
  }

  private static String unit(char c) {
    return String.format(Locale.ROOT, "\\u%04x", (int) c);
  }

  /** A tree of maps, lists and texts, as JSON, which is YAML too. */
  static String flow(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      StringJoiner parts = new StringJoiner(", ", "{", "}");
      map.forEach((name, part) -> parts.add(json((String) name) + ": " + flow(part)));
      return parts.toString();
    }
    if (tree instanceof List<?> list) {
      StringJoiner parts = new StringJoiner(", ", "[", "]");
      list.forEach(part -> parts.add(flow(part)));
      return parts.toString();
    }
    return json((String) tree);
  }

  /** A tree of maps, lists and texts, as YAML in blocks. */
  static String block(Object tree, String indent) {
    StringBuilder out = new StringBuilder();
    if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((name, part) -> out.append('\n')
          .append(indent)
          .append(yaml((String) name))
          .append(": ")
          .append(block(part, indent + "  ")));
    } else if (tree instanceof List<?> list && !list.isEmpty()) {
      list.forEach(
          part -> out.append('\n').append(indent).append("- ").append(block(part, indent + "  ")));
    } else {
      out.append(tree instanceof String text ? yaml(text) : flow(tree));
    }
    return out.toString();
  }

  /** A tree whose maps and lists are not empty, as properties. */
  static String lines(Object tree) {
    Map<ConfigPath, String> leaves = new TreeMap<>();
    leaves(tree, ConfigPath.ROOT, leaves);
    StringBuilder out = new StringBuilder();
    leaves.forEach((path, text) -> out.append(properties(path.toString()))
        .append('=')
        .append(properties(text))
        .append('\n'));
    return out.toString();
  }

  /** All texts of a tree by path. */
  static void leaves(Object tree, ConfigPath path, Map<ConfigPath, String> leaves) {
    if (tree instanceof Map<?, ?> map) {
      map.forEach((name, part) -> leaves(part, path.name((String) name), leaves));
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        leaves(list.get(i), path.index(i), leaves);
      }
    } else {
      leaves.put(path, (String) tree);
    }
  }
}
