package io.qilin.mlops.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one JSON document from outside, strictly: well-formed UTF-8, no member twice, nothing after its end, no NaN, at most 64
 * deep.
 */
public final class StrictJson {
  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(64)
              .maxStringLength(1 << 20)
              .maxNameLength(1024)
              .maxNumberLength(100)
              .maxTokenCount(4_000_000)
              .build())
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();

  private StrictJson() {}

  /**
   * Reads a document that must be an object.
   *
   * @param what what it is, for messages, for example {@code "the manifest"}
   * @param maxBytes the most bytes that are read
   * @throws QilinException DATA_FORMAT with the place of the fault
   */
  public static JsonNode object(byte[] json, String what, int maxBytes) {
    if (json.length > maxBytes) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          what + " has " + json.length + " bytes, at most " + maxBytes + " are read");
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      JsonNode node = MAPPER.readTree(text);
      if (!node.isObject()) {
        throw new QilinException(ErrorCode.DATA_FORMAT, what + " is not a JSON object");
      }
      return node;
    } catch (CharacterCodingException e) {
      throw new QilinException(ErrorCode.DATA_FORMAT, what + " is not well-formed UTF-8", e);
    } catch (JacksonException e) {
      var at = e.getLocation();
      String place =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new QilinException(
          ErrorCode.DATA_FORMAT, what + " is not one strict JSON document" + place, e);
    }
  }
}
