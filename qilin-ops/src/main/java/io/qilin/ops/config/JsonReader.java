package io.qilin.ops.config;

import io.qilin.ops.config.Node.Form;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one object of JSON, strictly: nothing after it, no NaN, no name twice. Names are compared here and not by the parser, so that
 * every duplicate is told and not only the first; the limits are held here too, as the parser does not always say where.
 */
final class JsonReader {
  private final SourceText source;
  private final Allowance allowance;
  private final Problems problems;
  private final JsonFactory factory;

  JsonReader(SourceText source, Allowance allowance, Problems problems) {
    this.source = source;
    this.allowance = allowance;
    this.problems = problems;
    this.factory = JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(allowance.limits().depth() + 1)
            .maxStringLength(allowance.limits().fileBytes())
            .maxNameLength(allowance.limits().fileBytes())
            .maxNumberLength(allowance.limits().fileBytes())
            .build())
        .build();
  }

  Node.Section read() {
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), source.text())) {
      if (parser.nextToken() == null) {
        throw new Malformed(source.origin(1, 1), "holds nothing; write {} if that is meant");
      }
      Node node = node(parser, 0);
      if (parser.nextToken() != null) {
        throw new Malformed(at(parser), "something follows the object");
      }
      if (node instanceof Node.Section section) {
        return section;
      }
      throw new Malformed(node.origin(), "expected an object of settings, found " + node.kind());
    } catch (JacksonException e) {
      // Its message may quote what was read, which may be a secret.
      throw new Malformed(at(e.getLocation()), "is not strict JSON here");
    }
  }

  private Node node(JsonParser parser, int depth) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new Malformed(at(parser), "the object does not end");
    }
    Origin at = at(parser);
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      if (depth == allowance.limits().depth()) {
        throw new Malformed(at, "is nested deeper than " + depth + " levels");
      }
      return token == JsonToken.START_OBJECT ? section(parser, at, depth) : row(parser, at, depth);
    }
    String text = parser.getString();
    Names.checkValue(text, at, allowance.limits());
    return switch (token) {
      case VALUE_STRING -> new Node.Leaf(text, Form.QUOTED, at);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
        new Node.Leaf(text, Form.LITERAL, at);
      case VALUE_NULL -> new Node.Leaf(text, Form.NULL, at);
      default -> throw new Malformed(at, "expected a value");
    };
  }

  private Node.Section section(JsonParser parser, Origin start, int depth) {
    Node.Section section = Node.Section.at(start);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Origin at = at(parser);
      String name = parser.currentName();
      Names.check(name, at, allowance.limits());
      count(at);
      parser.nextToken();
      Node value = node(parser, depth + 1);
      if (section.parts().containsKey(name)) {
        problems.add(at, Names.twice(name, section.keys().get(name)));
      } else {
        section.put(name, at, value);
      }
    }
    return section;
  }

  private Node.Row row(JsonParser parser, Origin start, int depth) {
    Node.Row row = Node.Row.at(start);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      count(at(parser));
      row.parts().add(node(parser, depth + 1));
    }
    return row;
  }

  private void count(Origin at) {
    if (!allowance.entry()) {
      throw new Malformed(at, allowance.tooMany());
    }
  }

  private Origin at(JsonParser parser) {
    return at(parser.currentTokenLocation());
  }

  private Origin at(@Nullable TokenStreamLocation place) {
    return place == null || place.getLineNr() < 1
        ? source.origin(1, 1)
        : source.origin(place.getLineNr(), Math.max(1, place.getColumnNr()));
  }
}
