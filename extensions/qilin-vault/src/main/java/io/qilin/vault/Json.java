package io.qilin.vault;

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
 * A value that the server sent. What is missing, null or of another kind is {@link #NOTHING}. Text that is not well-formed, a
 * member twice, and more than 32 levels are refused.
 */
final class Json {
  static final Json NOTHING = new Json(new Object());

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final JsonFactory STRICT = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(32)
          .maxNumberLength(64)
          .build())
      .build();

  private final Object value;

  private Json(Object value) {
    this.value = value;
  }

  /** A number or truth value as it is written. */
  private record Plain(String text, boolean number) {}

  /** Reads one value; empty if the bytes are anything else. */
  static Optional<Json> parse(byte[] bytes) {
    try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), bytes)) {
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
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Plain(parser.getString(), true);
      case VALUE_TRUE, VALUE_FALSE -> new Plain(parser.getString(), false);
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

  boolean isObject() {
    return value instanceof Map<?, ?>;
  }

  boolean isArray() {
    return value instanceof List<?>;
  }

  /** A member of an object. */
  Json at(String name) {
    Object member = value instanceof Map<?, ?> members ? members.get(name) : null;
    return member == null ? NOTHING : new Json(member);
  }

  /** The members of an object, in the order in which they came; none of anything else. */
  Map<String, Json> members() {
    Map<String, Json> all = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> members) {
      members.forEach((name, member) -> all.put(String.valueOf(name), new Json(member)));
    }
    return all;
  }

  /** The items of an array; none of anything else. */
  List<Json> items() {
    return value instanceof List<?> items ? items.stream().map(Json::of).toList() : List.of();
  }

  private static Json of(Object item) {
    return new Json(item);
  }

  Optional<String> text() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A text, or a number or truth value as it is written. */
  Optional<String> scalar() {
    return value instanceof Plain plain ? Optional.of(plain.text()) : text();
  }

  OptionalLong whole() {
    return value instanceof Plain plain
            && plain.number()
            && WHOLE.matcher(plain.text()).matches()
        ? OptionalLong.of(Long.parseLong(plain.text()))
        : OptionalLong.empty();
  }

  Optional<Boolean> truth() {
    return value instanceof Plain plain && !plain.number()
        ? Optional.of(plain.text().equals("true"))
        : Optional.empty();
  }

  boolean isTrue() {
    return truth().orElse(false);
  }

  /** Shows no value: it may be a secret. */
  @Override
  public String toString() {
    return "Json";
  }
}
