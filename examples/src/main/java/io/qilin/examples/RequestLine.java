package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.screening.ScreenedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request as a line of JSON: an object with {@code method} (GET unless given), {@code uri} (path and query as they were
 * sent), {@code headers} (an object; a value is a text or a list of texts) and {@code data} (the body as text), or with
 * {@code raw_b64}, the whole request as it was sent, in Base64. {@code id} names it in the output. Other members are ignored.
 *
 * @param id empty if there is none
 * @param request what is screened
 */
record RequestLine(String id, ScreenedRequest request) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Reads a line.
   *
   * @param place for messages
   * @throws QilinException DATA_FORMAT
   */
  static RequestLine read(String line, String place) {
    JsonNode root;
    try {
      root = JSON.readTree(line);
    } catch (JacksonException e) {
      throw wrong(place, "is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.isObject()) {
      throw wrong(place, "is no JSON object", null);
    }
    String raw = text(root, "raw_b64", "", place);
    return new RequestLine(
        text(root, "id", "", place),
        raw.isEmpty() ? parts(root, place) : whole(decoded(raw, place)));
  }

  private static String text(JsonNode root, String name, String unless, String place) {
    JsonNode value = root.get(name);
    if (value == null || value.isNull()) {
      return unless;
    }
    if (!value.isString() && !(name.equals("id") && value.isNumber())) {
      throw wrong(place, name + " is no text", null);
    }
    return value.asString();
  }

  private static ScreenedRequest parts(JsonNode root, String place) {
    if (!root.has("uri")) {
      throw wrong(place, "has neither uri nor raw_b64", null);
    }
    var builder =
        ScreenedRequest.builder(text(root, "method", "GET", place), text(root, "uri", "/", place));
    JsonNode headers = root.get("headers");
    if (headers != null && !headers.isNull()) {
      if (!headers.isObject()) {
        throw wrong(place, "headers is no object", null);
      }
      for (Map.Entry<String, JsonNode> header : headers.properties()) {
        JsonNode value = header.getValue();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
          header(builder, header.getKey(), each, place);
        }
      }
    }
    return builder
        .body(text(root, "data", "", place).getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static void header(
      ScreenedRequest.Builder builder, String name, JsonNode value, String place) {
    if (!value.isString() && !value.isNumber()) {
      throw wrong(
          place, "the header " + QilinException.quote(name) + " is neither text nor list", null);
    }
    builder.header(name, value.asString());
  }

  private static String decoded(String raw, String place) {
    try {
      return new String(Base64.getMimeDecoder().decode(raw), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      throw wrong(place, "raw_b64 is not Base64", e);
    }
  }

  private static ScreenedRequest whole(String raw) {
    int end = raw.indexOf("\r\n\r\n");
    String[] lines = (end < 0 ? raw : raw.substring(0, end)).split("\r\n", -1);
    String[] first = lines[0].split(" ", -1);
    var builder = ScreenedRequest.builder(first[0], first.length > 1 ? first[1] : "/");
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      builder.header(
          colon < 0 ? lines[i] : lines[i].substring(0, colon),
          colon < 0 ? "" : lines[i].substring(colon + 1).strip());
    }
    return builder
        .body((end < 0 ? "" : raw.substring(end + 4)).getBytes(StandardCharsets.ISO_8859_1))
        .build();
  }

  private static QilinException wrong(String place, String what, @Nullable Throwable cause) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        place + " " + what + "; a line is like {\"method\":\"GET\",\"uri\":\"/a?b=c\"}",
        cause);
  }
}
