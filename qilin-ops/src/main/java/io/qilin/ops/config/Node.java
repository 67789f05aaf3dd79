package io.qilin.ops.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a configuration as it was written, before its types are known. Maps and lists belong to the one load that fills them. */
sealed interface Node {
  /** The kind of a leaf without a value. */
  String NOTHING = "no value (null)";

  Origin origin();

  /** What it is, for messages; never more than its kind and, of a leaf, what may be shown of its text. */
  String kind();

  /** How a leaf was written. */
  enum Form {
    /** As it stands, without quotes: in YAML, in properties, in the environment. */
    BARE,
    /** Said to be text: in quotes, or a block of YAML. */
    QUOTED,
    /** A number, {@code true} or {@code false} of JSON, which is no text. */
    LITERAL,
    /** Nothing: {@code null}, {@code ~}, or no value after a key. */
    NULL
  }

  /** A value. */
  record Leaf(String text, Form form, Origin origin) implements Node {
    @Override
    public String kind() {
      return switch (form) {
        case BARE, LITERAL -> Shown.quote(text);
        case QUOTED -> "the text " + Shown.quote(text);
        case NULL -> NOTHING;
      };
    }
  }

  /** Named parts in their order; {@code keys} says where each name stands. */
  record Section(Map<String, Node> parts, Map<String, Origin> keys, Origin origin) implements Node {
    static Section at(Origin origin) {
      return new Section(new LinkedHashMap<>(), new LinkedHashMap<>(), origin);
    }

    void put(String name, Origin key, Node value) {
      parts.put(name, value);
      keys.put(name, key);
    }

    /** This below another: what the other says wins, part by part. */
    Section under(Section above) {
      Section all = new Section(parts, keys, above.origin);
      above.parts.forEach((name, node) -> {
        Node won = parts.get(name) instanceof Section lower && node instanceof Section upper
            ? lower.under(upper)
            : node;
        all.put(name, above.keys.getOrDefault(name, node.origin()), won);
      });
      return all;
    }

    @Override
    public String kind() {
      return "a map";
    }
  }

  /** Parts in a row. */
  record Row(List<Node> parts, Origin origin) implements Node {
    static Row at(Origin origin) {
      return new Row(new ArrayList<>(), origin);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }
}
