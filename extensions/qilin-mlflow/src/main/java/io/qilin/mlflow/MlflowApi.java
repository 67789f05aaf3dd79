package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends calls of MLflow's REST interface and reads their answers as JSON. Safe to share. */
final class MlflowApi {
  private final Wire wire;
  private final Endpoint endpoint;
  private final Calls calls;
  private final CallTimes times;
  private final String server;

  MlflowApi(Wire wire, Endpoint endpoint, Calls calls, CallTimes times, String server) {
    this.wire = wire;
    this.endpoint = endpoint;
    this.calls = calls;
    this.times = times;
    this.server = server;
  }

  /** Asks; tried again. */
  JsonNode get(String path, Map<String, String> query) {
    return calls.safe(times.call(), left -> json(endpoint.call(path, query).GET(), path, left));
  }

  /** Asks; empty if it is not there. */
  Optional<JsonNode> find(String path, Map<String, String> query) {
    try {
      return Optional.of(get(path, query));
    } catch (QilinException e) {
      if (e.code() == ErrorCode.DATA_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Changes, or asks, what can be done twice without harm; tried again. */
  JsonNode post(String path, JsonNode body) {
    return send("POST", path, body);
  }

  /** As {@link #post}, with another method. */
  JsonNode send(String method, String path, JsonNode body) {
    byte[] bytes = Json.bytes(body);
    return calls.safe(times.call(), left -> json(request(method, path, bytes), path, left));
  }

  /**
   * Makes what must not be made twice.
   *
   * @param made finds what an earlier attempt made
   */
  JsonNode create(String path, ObjectNode body, Supplier<Optional<JsonNode>> made) {
    byte[] bytes = Json.bytes(body);
    return calls.once(times.call(), left -> json(request("POST", path, bytes), path, left), made);
  }

  /** Puts a file. */
  void put(String path, Supplier<BodyPublisher> content) {
    HttpRequest.Builder file = endpoint.file(path);
    calls.safe(times.transfer(), times.transfer(), left -> {
      HttpRequest request = file.copy()
          .header("Content-Type", "application/octet-stream")
          .PUT(content.get())
          .build();
      return good(request, "the artifact", left, Optional.empty());
    });
  }

  /** Reads a file into a sink of which each attempt gets a new one. */
  <S extends Sink> S read(String path, Supplier<S> sink) {
    HttpRequest request = endpoint.file(path).GET().build();
    return calls.safe(times.transfer(), times.transfer(), left -> {
      S to = sink.get();
      good(request, "the artifact", left, Optional.of(to));
      return to;
    });
  }

  private HttpRequest.Builder request(String method, String path, byte[] body) {
    return endpoint
        .call(path, Map.of())
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofByteArray(body));
  }

  private JsonNode json(HttpRequest.Builder request, String what, long left) throws CallFailure {
    Reply reply = good(request.build(), what, left, Optional.empty());
    Optional<JsonNode> body = Json.read(reply.body());
    if (body.isEmpty()) {
      throw CallFailure.again(Json.strange("to " + what + " " + server + " sent no JSON object but "
          + reply
              .headers()
              .firstValue("Content-Type")
              .map(QilinException::quote)
              .orElse("what has no type")));
    }
    return body.get();
  }

  private Reply good(HttpRequest request, String what, long left, Optional<? extends Sink> to)
      throws CallFailure {
    Reply reply = wire.exchange(request, what, left, to);
    if (reply.status() / 100 != 2) {
      throw ServerError.of(reply, what, server);
    }
    return reply;
  }
}
