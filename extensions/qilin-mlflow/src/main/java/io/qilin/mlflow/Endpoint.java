package io.qilin.mlflow;

import io.qilin.api.error.QilinException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Builds requests: paths and queries encoded, credentials added. */
final class Endpoint {
  private final String base;
  private final Optional<Auth> auth;

  Endpoint(String base, Optional<Auth> auth) {
    this.base = base;
    this.auth = auth;
  }

  /** A call of the REST interface, for example {@code runs/get}. */
  HttpRequest.Builder call(String path, Map<String, String> query) {
    return request("/api/2.0/mlflow/" + path, query).header("Accept", "application/json");
  }

  /** A file, by its path below the root of artifacts. */
  HttpRequest.Builder file(String path) {
    StringJoiner encoded = new StringJoiner("/", "/api/2.0/mlflow-artifacts/artifacts/", "");
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\\') >= 0) {
        throw QilinException.invalid("the path of an artifact has no empty part, no . or .. and no"
            + " backslash, was " + QilinException.quote(path));
      }
      encoded.add(encode(part).replace("+", "%20"));
    }
    return request(encoded.toString(), Map.of());
  }

  private HttpRequest.Builder request(String path, Map<String, String> query) {
    StringJoiner text = new StringJoiner("&", query.isEmpty() ? "" : "?", "");
    text.setEmptyValue("");
    query.forEach((name, value) -> text.add(name + "=" + encode(value)));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path + text)).version(HttpClient.Version.HTTP_1_1);
    auth.ifPresent(secret -> request.header("Authorization", secret.header().reveal()));
    return request;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
