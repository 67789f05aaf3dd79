package io.qilin.ops.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is answered to one request. */
record OpsReply(int status, String type, String body, Map<String, String> headers) {
  static final String JSON = "application/json; charset=utf-8";

  static OpsReply json(int status, String body) {
    return new OpsReply(status, JSON, body, Map.of());
  }

  /** A refusal in fixed words: nothing of the request or of an exception is in it. */
  static OpsReply refusal(int status, String words) {
    return json(status, "{\"error\":\"" + words + "\"}");
  }

  /** A refusal that may be over soon. */
  static OpsReply busy(String words) {
    return new OpsReply(503, JSON, refusal(503, words).body(), Map.of("Retry-After", "1"));
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
