package io.qilin.ops.config;

import io.qilin.ops.config.Node.Form;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What a tag, or the lack of one, makes of a value. Only the tags of the core schema are known. */
final class YamlTags {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final String CORE = "tag:yaml.org,2002:";

  private final YamlEvents events;

  YamlTags(YamlEvents events) {
    this.events = events;
  }

  /** How a scalar is written; Malformed for a tag of another kind. */
  Form form(ScalarEvent scalar) {
    switch (name(scalar.getTag(), scalar)) {
      case "" -> {
        if (!scalar.isPlain()) {
          return Form.QUOTED;
        }
        return NULLS.contains(scalar.getValue()) ? Form.NULL : Form.BARE;
      }
      case "str" -> {
        return Form.QUOTED;
      }
      case "int", "float", "bool" -> {
        return Form.BARE;
      }
      case "null" -> {
        return Form.NULL;
      }
      default -> throw foreign(scalar);
    }
  }

  /** The name of a core tag; empty if there is none, {@code str} for {@code !}. */
  String name(Optional<String> tag, Event event) {
    if (tag.isEmpty()) {
      return "";
    }
    if (tag.get().equals("!")) {
      return event instanceof ScalarEvent ? "str" : "";
    }
    if (!tag.get().startsWith(CORE)) {
      throw foreign(event);
    }
    return tag.get().substring(CORE.length());
  }

  /** The refusal of a tag. */
  Malformed foreign(Event event) {
    return new Malformed(
        events.origin(event),
        "only the core tags are accepted, each on a value of its kind; leave the tag out");
  }
}
