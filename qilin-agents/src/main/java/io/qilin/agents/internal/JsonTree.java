package io.qilin.agents.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON document as maps, lists, texts and {@link Numeral numerals}, read strictly: well-formed
 * UTF-8, no member twice, nothing after the end, and only the kinds of value that our own documents
 * have (no null, true or false).
 */
public final class JsonTree {
  /** A number as it is written. */
  public record Numeral(String text) {}

  /** The longest document that is read, in bytes: 64 MiB. */
  public static final int MAX_BYTES = 1 << 26;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_TEXT = 100_000;
  private static final int MAX_NAME = 1_000;
  private static final int MAX_NUMBER = 64;

  private static final JsonFactory STRICT = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxStringLength(MAX_TEXT)
          .maxNameLength(MAX_NAME)
          .maxNumberLength(MAX_NUMBER)
          .maxDocumentLength(MAX_BYTES)
          .build())
      .build();

  private JsonTree() {}

  /**
   * Reads a document.
   *
   * @param what what it is, for messages, for example {@code "the decision record"}
   * @throws QilinException DATA_FORMAT with the place if it is not such a document
   */
  public static Object parse(byte[] json, String what) {
    String text = utf8(json, what);
    try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      Object value = value(parser, what);
      if (parser.nextToken() != null) {
        throw bad(what, parser, "something follows it");
      }
      return value;
    } catch (JacksonException e) {
      var at = e.getLocation();
      String place =
          at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          what + " is not JSON: " + place + QilinException.quote(e.getOriginalMessage()),
          e);
    }
  }

  private static String utf8(byte[] json, String what) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new QilinException(ErrorCode.DATA_FORMAT, what + " is not well-formed UTF-8", e);
    }
  }

  private static Object value(JsonParser parser, String what) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw bad(what, parser, "the document is empty");
    }
    return switch (token) {
      case START_OBJECT -> object(parser, what);
      case START_ARRAY -> array(parser, what);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getString());
      default -> throw bad(what, parser, "it holds no " + token.name().replace("VALUE_", ""));
    };
  }

  private static Map<String, Object> object(JsonParser parser, String what) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser, what));
    }
    return members;
  }

  private static List<Object> array(JsonParser parser, String what) {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, what));
    }
    return items;
  }

  private static QilinException bad(String what, JsonParser parser, String wrong) {
    var at = parser.currentTokenLocation();
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        what + " is damaged at line " + at.getLineNr() + ", column " + at.getColumnNr() + ": "
            + wrong);
  }
}
