package io.qilin.mlflow;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** An answer of the double. */
final class DoubleReply {
  private final int status;
  private final String type;
  private final byte[] body;

  DoubleReply(int status, String type, byte[] body) {
    this.status = status;
    this.type = type;
    this.body = body;
  }

  static DoubleReply json(JsonNode node) {
    return new DoubleReply(200, "application/json", Json.bytes(node));
  }

  static DoubleReply error(int status, String code, String message) {
    return new DoubleReply(
        status,
        "application/json",
        Json.bytes(Json.object().put("error_code", code).put("message", message)));
  }

  static DoubleReply html(int status, String title) {
    return new DoubleReply(
        status,
        "text/html",
        ("<!doctype html><title>" + title + "</title>").getBytes(StandardCharsets.UTF_8));
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  byte[] body() {
    return body;
  }
}
