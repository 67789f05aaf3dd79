package io.qilin.spring.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.springframework.context.ApplicationContext;

/** Asks an application on this machine. */
public final class Http {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;

  /** Asks the application's own port. */
  public Http(ApplicationContext context) {
    base = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
  }

  /** The request for a path. */
  public HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(Duration.ofMinutes(1))
        .build();
  }

  /** The client. */
  public HttpClient client() {
    return client;
  }

  /** Status and body. */
  public String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request(path), HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }
}
