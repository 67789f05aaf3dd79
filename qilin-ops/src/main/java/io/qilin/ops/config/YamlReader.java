package io.qilin.ops.config;

import io.qilin.ops.config.Node.Form;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one document of YAML 1.2 from the parser's events, so that nothing is made of it but texts: no anchor, alias, merge key,
 * directive or tag beyond those of the core schema, no key that is not a scalar, none twice.
 */
final class YamlReader {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final String CORE = "tag:yaml.org,2002:";

  private static final int TOP = -1;

  /** What is in a map or list: how deep, whether in brackets, and the column of the block around. */
  private record Body(int depth, boolean flow, int indent) {}

  private final SourceText source;
  private final Allowance allowance;
  private final Problems problems;
  private final StreamReader characters;
  private final Iterator<Event> events;

  YamlReader(SourceText source, Allowance allowance, Problems problems) {
    this.source = source;
    this.allowance = allowance;
    this.problems = problems;
    LoadSettings settings = LoadSettings.builder()
        .setLabel("yaml")
        .setUseMarks(true)
        .setCodePointLimit(Integer.MAX_VALUE)
        .build();
    this.characters = new StreamReader(settings, source.text());
    this.events = new ParserImpl(settings, characters);
  }

  Node.Section read() {
    printable();
    try {
      return document();
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> at = e.getProblemMark().or(e::getContextMark);
      throw new Malformed(
          at.map(this::origin).orElse(source.origin(1, 1)),
          "is not YAML: " + Shown.line(e.getProblem().strip()));
    } catch (YamlEngineException e) {
      throw new Malformed(scanned(), "is not YAML: " + Shown.line(String.valueOf(e.getMessage())));
    } catch (NumberFormatException e) {
      // What the scanner throws where an escape in quotes lacks its digits, or has too many.
      throw new Malformed(scanned(), "is not YAML: an escape is not of hexadecimal digits");
    }
  }

  /** Where the scanner is. */
  private Origin scanned() {
    return source.origin(characters.getLine() + 1, characters.getColumn() + 1);
  }

  private void printable() {
    String text = source.text();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!StreamReader.isPrintable(c)) {
        throw new Malformed(
            source.origin(i),
            "YAML holds no character " + Shown.line(Character.toString(c))
                + "; escape it in double quotes");
      }
      i += Character.charCount(c);
    }
  }

  private Node.Section document() {
    events.next(); // the start of the stream
    Event start = events.next();
    if (!(start instanceof DocumentStartEvent document)) {
      throw new Malformed(source.origin(1, 1), "holds nothing; write {} if that is meant");
    }
    if (document.getSpecVersion().isPresent() || !document.getTags().isEmpty()) {
      throw new Malformed(origin(start), "directives are not accepted; leave out the line with %");
    }
    Event root = events.next();
    Node node = node(root, 0, TOP);
    events.next(); // the end of the document
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw new Malformed(
          origin(end), "a second document is not accepted; put it in a file of its own");
    }
    if (node instanceof Node.Section section) {
      return section;
    }
    throw new Malformed(node.origin(), "expected a map of settings, found " + node.kind());
  }

  private Node node(Event event, int depth, int indent) {
    if (event.getEventId() == Event.ID.Alias
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      throw new Malformed(
          origin(event), "anchors and aliases are not accepted; write the value where it belongs");
    }
    if (event instanceof ScalarEvent scalar) {
      return leaf(scalar);
    }
    if (!(event instanceof CollectionStartEvent collection)) {
      throw new Malformed(origin(event), "expected a value, found " + event.getEventId());
    }
    if (depth == allowance.limits().depth()) {
      throw new Malformed(origin(event), "is nested deeper than " + depth + " levels");
    }
    boolean map = event.getEventId() == Event.ID.MappingStart;
    String tag = tag(collection.getTag(), event);
    if (!tag.isEmpty() && !tag.equals(map ? "map" : "seq")) {
      throw foreignTag(event);
    }
    Body body =
        new Body(depth + 1, collection.isFlow(), collection.isFlow() ? indent : column(event));
    return map ? section(event, body) : row(event, body);
  }

  private Node.Section section(Event start, Body body) {
    Node.Section section = Node.Section.at(origin(start));
    while (true) {
      Event key = indented(events.next(), body);
      if (key.getEventId() == Event.ID.MappingEnd) {
        return section;
      }
      String name = name(key);
      Origin at = origin(key);
      Node value = node(indented(next(at), body), body.depth(), body.indent());
      if (section.parts().containsKey(name)) {
        problems.add(at, Names.twice(name, section.keys().get(name)));
      } else {
        section.put(name, at, value);
      }
    }
  }

  private Node.Row row(Event start, Body body) {
    Node.Row row = Node.Row.at(origin(start));
    while (true) {
      Event event = indented(events.next(), body);
      if (event.getEventId() == Event.ID.SequenceEnd) {
        return row;
      }
      count(origin(event));
      row.parts().add(node(event, body.depth(), body.indent()));
    }
  }

  /** The parser is not strict here: brackets over several lines stand deeper than the key or dash that holds them. */
  private Event indented(Event event, Body body) {
    if (body.flow() && column(event) <= body.indent()) {
      throw new Malformed(
          origin(event), "is not YAML: what is in brackets is indented deeper than its key");
    }
    return event;
  }

  private static int column(Event event) {
    return event.getStartMark().map(Mark::getColumn).orElse(0);
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
    Origin at = origin(event);
    Node node = event instanceof ScalarEvent || event.getEventId() == Event.ID.Alias
        ? node(event, 0, TOP)
        : null;
    if (!(node instanceof Node.Leaf key) || key.form() == Form.NULL) {
      throw new Malformed(at, "a key is a name, not a list, a map or nothing");
    }
    if (key.form() == Form.BARE && key.text().equals("<<")) {
      throw new Malformed(at, "merge keys are not accepted; write the settings out");
    }
    Names.check(key.text(), at, allowance.limits());
    return key.text();
  }

  private Node.Leaf leaf(ScalarEvent scalar) {
    Origin at = origin(scalar);
    String text = scalar.getValue();
    Names.checkValue(text, at, allowance.limits());
    return new Node.Leaf(text, form(scalar, text), at);
  }

  private Form form(ScalarEvent scalar, String text) {
    switch (tag(scalar.getTag(), scalar)) {
      case "" -> {
        if (!scalar.isPlain()) {
          return Form.QUOTED;
        }
        return NULLS.contains(text) ? Form.NULL : Form.BARE;
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
      default -> throw foreignTag(scalar);
    }
  }

  /** The name of a core tag; empty if there is none, {@code str} for {@code !}. */
  private String tag(Optional<String> tag, Event event) {
    if (tag.isEmpty()) {
      return "";
    }
    if (tag.get().equals("!")) {
      return event instanceof ScalarEvent ? "str" : "";
    }
    if (!tag.get().startsWith(CORE)) {
      throw foreignTag(event);
    }
    return tag.get().substring(CORE.length());
  }

  private Malformed foreignTag(Event event) {
    return new Malformed(
        origin(event),
        "only the core tags are accepted, each on a value of its kind; leave the tag out");
  }

  private Origin origin(Event event) {
    return event.getStartMark().map(this::origin).orElse(source.origin(1, 1));
  }

  private Origin origin(Mark mark) {
    return source.origin(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
