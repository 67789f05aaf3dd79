package io.qilin.security.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON document of untrusted origin, strictly: well-formed UTF-8 without a mark, no member twice, nothing after the
 * end, not empty, no NaN. Objects become {@code Map<String, Object>} in their order, arrays {@code List<Object>}, texts
 * {@code String}, numbers {@code BigDecimal}, true and false {@code Boolean}, null null. The results are unmodifiable. Safe to
 * share between threads.
 */
public final class StrictJson {
  private final int maxBytes;
  private final JsonFactory factory;

  private StrictJson(int maxBytes, int maxDepth) {
    this.maxBytes = maxBytes;
    this.factory = JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(maxDepth)
            .maxStringLength(1 << 20)
            .maxNameLength(256)
            .maxNumberLength(100)
            .maxTokenCount(1_000_000)
            .maxDocumentLength(maxBytes)
            .build())
        .build();
  }

  /** A reader with limits of its own; texts are at most 1 Mi characters, names 256, numbers 100 digits, tokens one million. */
  public static StrictJson limited(int maxBytes, int maxDepth) {
    return new StrictJson(maxBytes, maxDepth);
  }

  /**
   * Reads a document.
   *
   * @param what what it is, for messages, for example {@code "the token's payload"}; the document is never quoted
   * @throws QilinException INPUT_REJECTED with the place of the fault, if it is not one strict document within the limits
   */
  public @Nullable Object parse(byte[] json, String what) {
    if (json.length > maxBytes) {
      throw refused(
          what, "it has " + json.length + " bytes, at most " + maxBytes + " are read", null);
    }
    String text = utf8(json, what);
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      Object value = value(parser, what);
      if (parser.nextToken() != null) {
        throw refused(what, "something follows the document at " + place(parser), null);
      }
      return value;
    } catch (JacksonException e) {
      var at = e.getLocation();
      String place =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      // The cause would quote what was read, which may be a secret.
      throw refused(what, "it is not strict JSON within the limits" + place, null);
    }
  }

  /**
   * Reads a document that must be an object.
   *
   * @throws QilinException INPUT_REJECTED as {@link #parse}, and if it is anything but an object
   */
  @SuppressWarnings("unchecked") // parse makes maps with text keys only
  public Map<String, @Nullable Object> object(byte[] json, String what) {
    if (parse(json, what) instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw refused(what, "it is not an object", null);
  }

  private static String utf8(byte[] json, String what) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw refused(what, "it is not well-formed UTF-8", e);
    }
  }

  private static @Nullable Object value(JsonParser parser, String what) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw refused(what, "it is empty", null);
    }
    return switch (token) {
      case START_OBJECT -> object(parser, what);
      case START_ARRAY -> array(parser, what);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, what);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default ->
        throw refused(what, "an unexpected " + token + " stands at " + place(parser), null);
    };
  }

  private static BigDecimal number(JsonParser parser, String what) {
    try {
      return new BigDecimal(parser.getString());
    } catch (NumberFormatException e) {
      throw refused(what, "the number at " + place(parser) + " is out of range", e);
    }
  }

  private static Map<String, @Nullable Object> object(JsonParser parser, String what) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser, what));
    }
    return Collections.unmodifiableMap(members);
  }

  private static List<@Nullable Object> array(JsonParser parser, String what) {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, what));
    }
    return Collections.unmodifiableList(items);
  }

  private static String place(JsonParser parser) {
    var at = parser.currentTokenLocation();
    return "line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static QilinException refused(String what, String why, @Nullable Throwable cause) {
    String message = what + " is refused: " + why;
    return cause == null
        ? new QilinException(ErrorCode.INPUT_REJECTED, message)
        : new QilinException(ErrorCode.INPUT_REJECTED, message, cause);
  }
}
