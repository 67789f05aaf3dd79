package io.qilin.data.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON document, strictly: names once each, nothing after the end, no {@code NaN}, and within the limits of untrusted
 * input. Errors say the column.
 */
final class JsonLine {
  private static final JsonFactory JSON = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(64)
          .maxStringLength(1 << 20)
          .maxNumberLength(100)
          .maxNameLength(256)
          .maxDocumentLength(1L << 23)
          .maxTokenCount(1_000_000)
          .build())
      .build();

  private JsonLine() {}

  /**
   * The tree of a line.
   *
   * @throws QilinException DATA_FORMAT or LIMIT_EXCEEDED with line and column
   */
  static Tree read(String line, RecordPlace place) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
      JsonToken first = parser.nextToken();
      Tree tree = first == null ? null : value(parser, first);
      if (tree == null) {
        throw place.malformed("an object is expected, there is nothing");
      }
      if (parser.nextToken() != null) {
        throw place.malformed("something follows the object in column "
            + parser.currentTokenLocation().getColumnNr() + "; write one object a line");
      }
      return tree;
    } catch (StreamConstraintsException e) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, place + at(e) + ": " + e.getOriginalMessage(), e);
    } catch (JacksonException e) {
      throw place.malformed("this is not JSON" + at(e) + ": " + shown(e.getOriginalMessage()), e);
    }
  }

  private static String at(JacksonException e) {
    return e.getLocation() == null || e.getLocation().getColumnNr() < 1
        ? ""
        : ", column " + e.getLocation().getColumnNr();
  }

  /** The parser's words may hold characters of the file. */
  private static String shown(String message) {
    String quoted = QilinException.quote(message);
    return quoted.length() > 1 && quoted.endsWith("'")
        ? quoted.substring(1, quoted.length() - 1)
        : quoted;
  }

  /** The value that a token begins; null for null. */
  private static @Nullable Tree value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> new Tree.Leaf(Tree.Kind.TEXT, parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
        new Tree.Leaf(Tree.Kind.NUMBER, parser.getString());
      case VALUE_TRUE, VALUE_FALSE -> new Tree.Leaf(Tree.Kind.FLAG, parser.getString());
      case VALUE_NULL -> null;
      default -> throw new AssertionError("JSON has no " + token);
    };
  }

  private static Tree object(JsonParser parser) {
    Map<String, Tree> parts = new LinkedHashMap<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      String name = parser.currentName();
      Tree part = value(parser, parser.nextToken());
      if (part != null) {
        parts.put(name, part);
      }
    }
    return new Tree.Branch(parts);
  }

  private static Tree list(JsonParser parser) {
    List<Tree> parts = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      Tree part = value(parser, token);
      parts.add(part == null ? new Tree.Leaf(Tree.Kind.TEXT, "null") : part);
    }
    return new Tree.Many(parts);
  }

  /** A tree on one line, without the line end. */
  static String write(Tree tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(tree, out);
    }
    return text.toString();
  }

  private static void write(Tree tree, JsonGenerator out) {
    if (tree instanceof Tree.Branch branch) {
      out.writeStartObject();
      branch.parts().forEach((name, part) -> {
        out.writeName(name);
        write(part, out);
      });
      out.writeEndObject();
    } else if (tree instanceof Tree.Many many) {
      out.writeStartArray();
      many.parts().forEach(part -> write(part, out));
      out.writeEndArray();
    } else if (tree instanceof Tree.Leaf leaf) {
      switch (leaf.kind()) {
        case NUMBER -> out.writeNumber(leaf.text());
        case FLAG -> out.writeBoolean(leaf.text().equals("true"));
        case TEXT, CELL -> out.writeString(leaf.text());
      }
    }
  }
}
