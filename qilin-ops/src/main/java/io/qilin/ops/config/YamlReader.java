package io.qilin.ops.config;

import io.qilin.ops.config.Node.Form;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Reads one document of YAML 1.2 from the parser's events, so that nothing is made of it but texts: no anchor, alias, merge key,
 * directive or tag beyond those of the core schema, no key that is not a scalar, none twice.
 */
final class YamlReader {
  private static final int TOP = -1;

  /** What is in a map or list: how deep, whether in brackets, and the column of the block around. */
  private record Body(int depth, boolean flow, int indent) {}

  private final SourceText source;
  private final Allowance allowance;
  private final Problems problems;
  private final YamlEvents events;
  private final YamlTags tags;

  YamlReader(SourceText source, Allowance allowance, Problems problems) {
    this.source = source;
    this.allowance = allowance;
    this.problems = problems;
    this.events = new YamlEvents(source);
    this.tags = new YamlTags(events);
  }

  /** The map that the document is. */
  Node.Section read() {
    events.next(); // the start of the stream
    Event start = events.next();
    if (!(start instanceof DocumentStartEvent document)) {
      throw new Malformed(source.origin(1, 1), "holds nothing; write {} if that is meant");
    }
    if (document.getSpecVersion().isPresent() || !document.getTags().isEmpty()) {
      throw new Malformed(
          events.origin(start), "directives are not accepted; leave out the line with %");
    }
    Event root = events.next();
    Node node = node(root, 0, TOP);
    events.next(); // the end of the document
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw new Malformed(
          events.origin(end), "a second document is not accepted; put it in a file of its own");
    }
    if (node instanceof Node.Section section) {
      return section;
    }
    throw new Malformed(node.origin(), "expected a map of settings, found " + node.kind());
  }

  private Node node(Event event, int depth, int indent) {
    unanchored(event);
    if (event instanceof ScalarEvent scalar) {
      Node.Leaf leaf = leaf(scalar);
      Names.checkValue(leaf.text(), leaf.origin(), allowance.limits());
      return leaf;
    }
    if (!(event instanceof CollectionStartEvent collection)) {
      throw new Malformed(events.origin(event), "expected a value, found " + event.getEventId());
    }
    if (depth == allowance.limits().depth()) {
      throw new Malformed(events.origin(event), "is nested deeper than " + depth + " levels");
    }
    boolean map = event.getEventId() == Event.ID.MappingStart;
    String tag = tags.name(collection.getTag(), event);
    if (!tag.isEmpty() && !tag.equals(map ? "map" : "seq")) {
      throw tags.foreign(event);
    }
    Body body = new Body(
        depth + 1, collection.isFlow(), collection.isFlow() ? indent : YamlEvents.column(event));
    return map ? section(event, body) : row(event, body);
  }

  private void unanchored(Event event) {
    if (event.getEventId() == Event.ID.Alias
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      throw new Malformed(
          events.origin(event),
          "anchors and aliases are not accepted; write the value where it belongs");
    }
  }

  private Node.Section section(Event start, Body body) {
    Node.Section section = Node.Section.at(events.origin(start));
    while (true) {
      Event key = indented(events.next(), body);
      if (key.getEventId() == Event.ID.MappingEnd) {
        return section;
      }
      String name = name(key);
      Origin at = events.origin(key);
      Node value = node(indented(next(at), body), body.depth(), body.indent());
      if (section.parts().containsKey(name)) {
        problems.add(at, Names.twice(name, section.keys().get(name)));
      } else {
        section.put(name, at, value);
      }
    }
  }

  private Node.Row row(Event start, Body body) {
    Node.Row row = Node.Row.at(events.origin(start));
    while (true) {
      Event event = indented(events.next(), body);
      if (event.getEventId() == Event.ID.SequenceEnd) {
        return row;
      }
      count(events.origin(event));
      row.parts().add(node(event, body.depth(), body.indent()));
    }
  }

  /** The parser is not strict here: brackets over several lines stand deeper than the key or dash that holds them. */
  private Event indented(Event event, Body body) {
    if (body.flow() && YamlEvents.column(event) <= body.indent()) {
      throw new Malformed(
          events.origin(event), "is not YAML: what is in brackets is indented deeper than its key");
    }
    return event;
  }

  private Event next(Origin at) {
    count(at);
    return events.next();
  }

  private void count(Origin at) {
    if (!allowance.entry()) {
      throw new Malformed(at, allowance.tooMany());
    }
  }

  private String name(Event event) {
    Origin at = events.origin(event);
    unanchored(event);
    Node.Leaf key = event instanceof ScalarEvent scalar ? leaf(scalar) : null;
    if (key == null || key.form() == Form.NULL) {
      throw new Malformed(at, "a key is a name, not a list, a map or nothing");
    }
    if (key.form() == Form.BARE && key.text().equals("<<")) {
      throw new Malformed(at, "merge keys are not accepted; write the settings out");
    }
    Names.check(key.text(), at, allowance.limits());
    return key.text();
  }

  private Node.Leaf leaf(ScalarEvent scalar) {
    return new Node.Leaf(scalar.getValue(), tags.form(scalar), events.origin(scalar));
  }
}
