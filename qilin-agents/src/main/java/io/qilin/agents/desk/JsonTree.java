package io.qilin.agents.desk;

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
 * UTF-8, no member twice, nothing after the end, and only the kinds of value that a decision record
 * has (no null, true or false).
 */
final class JsonTree {
  /** A number as it is written. */
  record Numeral(String text) {}

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
          .maxDocumentLength(DecisionRecordJson.MAX_BYTES)
          .build())
      .build();

  private JsonTree() {}

  static Object parse(byte[] json) {
    String text = utf8(json);
    try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw bad(parser, "something follows the record");
      }
      return value;
    } catch (JacksonException e) {
      var at = e.getLocation();
      String place =
          at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "the decision record is not JSON: " + place
              + QilinException.quote(e.getOriginalMessage()),
          e);
    }
  }

  private static String utf8(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "the decision record is not well-formed UTF-8", e);
    }
  }

  private static Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw bad(parser, "the document is empty");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getString());
      default -> throw bad(parser, "a record holds no " + token.name().replace("VALUE_", ""));
    };
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  private static QilinException bad(JsonParser parser, String what) {
    var at = parser.currentTokenLocation();
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        "the decision record is damaged at line " + at.getLineNr() + ", column " + at.getColumnNr()
            + ": " + what);
  }
}
