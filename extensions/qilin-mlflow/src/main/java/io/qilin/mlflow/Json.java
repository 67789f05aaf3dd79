package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes to the server and comes from it. Read strictly: well-formed UTF-8, one object, no member twice, at most 64 deep. A
 * member that is missing reads as empty, since MLflow leaves out what is empty.
 */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(64)
              .maxStringLength(1 << 20)
              .maxNameLength(1024)
              .maxNumberLength(400)
              .build())
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  /** The object in the bytes; empty if they are anything else. */
  static Optional<JsonNode> read(byte[] json) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      JsonNode node = MAPPER.readTree(text);
      return node.isObject() ? Optional.of(node) : Optional.empty();
    } catch (CharacterCodingException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** The text of a member, or of a number as it is written; empty if it is not there. */
  static String text(JsonNode node, String member) {
    JsonNode value = node.path(member);
    return value.isString() || value.isNumber() ? value.asString() : "";
  }

  static String filled(JsonNode node, String member) {
    String text = text(node, member);
    if (text.isEmpty()) {
      throw strange("it has no " + member);
    }
    return text;
  }

  /** A whole number, which may be written as a text; 0 if it is not there. */
  static long whole(JsonNode node, String member) {
    String text = text(node, member);
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      QilinException strange =
          strange(member + " is no whole number: " + QilinException.quote(text));
      strange.addSuppressed(e);
      throw strange;
    }
  }

  /** A number, which may be written as a text as {@code NaN} and the infinities are. */
  static double number(JsonNode node, String member) {
    String text = text(node, member);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      QilinException strange = strange(member + " is no number: " + QilinException.quote(text));
      strange.addSuppressed(e);
      throw strange;
    }
  }

  static JsonNode member(JsonNode node, String member) {
    JsonNode value = node.path(member);
    if (!value.isObject()) {
      throw strange("it has no " + member);
    }
    return value;
  }

  /** The items of an array; none if it is not there. */
  static List<JsonNode> items(JsonNode node, String member) {
    List<JsonNode> items = new ArrayList<>();
    for (JsonNode item : node.path(member)) {
      items.add(item);
    }
    return items;
  }

  static QilinException strange(String what) {
    return new QilinException(
        ErrorCode.NETWORK,
        "what came is no answer of MLflow: " + what
            + "; check what stands between this process and the server, and the server's version");
  }
}
