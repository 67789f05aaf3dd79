package io.qilin.agents.llm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON value from a server, to be asked for what may not be there: a member that is missing, null or of another kind is {@link
 * #NOTHING}. Malformed text, a member twice, and more than 64 levels are refused.
 */
record Json(Object value) {
  static final Json NOTHING = new Json(new Object());

  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NUMBER = 64;

  private static final JsonFactory STRICT = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxNumberLength(MAX_NUMBER)
          .build())
      .build();

  /** A number as it is written. */
  private record Numeral(String text) {}

  /** Reads one value; empty if the text is anything else. */
  static Optional<Json> parse(String text) {
    try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      Json read = new Json(read(parser));
      return parser.nextToken() == null ? Optional.of(read) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Object read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> NOTHING.value;
    };
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, read(parser));
    }
    return members;
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser));
    }
    return items;
  }

  boolean isThere() {
    return value != NOTHING.value;
  }

  boolean isObject() {
    return value instanceof Map<?, ?>;
  }

  /** A member of an object. */
  Json at(String name) {
    if (value instanceof Map<?, ?> members) {
      Object member = members.get(name);
      return member == null ? NOTHING : new Json(member);
    }
    return NOTHING;
  }

  /** The items of an array, none of anything else. */
  List<Json> items() {
    return value instanceof List<?> items
        ? items.stream().<Json>map(Json::new).toList()
        : List.of();
  }

  Optional<String> text() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A text or a number as it is written. */
  Optional<String> word() {
    return value instanceof Numeral number ? Optional.of(number.text()) : text();
  }

  OptionalLong whole() {
    return value instanceof Numeral number && WHOLE.matcher(number.text()).matches()
        ? OptionalLong.of(Long.parseLong(number.text()))
        : OptionalLong.empty();
  }
}
