package io.qilin.openlineage;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientUtils;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;

/**
 * A server of lineage that refuses what the specification forbids: it reads each event with the classes of the client, and
 * looks for what the specification requires of an event and of every facet.
 */
final class LineageServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<OpenLineage.RunEvent> events = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private ToIntFunction<OpenLineage.RunEvent> status = event -> 201;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** One at a port that stays free when it is down: below those that systems give to whoever asks for any. */
  LineageServer() {
    this(at(ThreadLocalRandom.current().nextInt(12_000, 32_000), 100));
  }

  /** One at the port of another that is down. */
  LineageServer(int port) {
    this(at(port, 1));
  }

  private LineageServer(HttpServer server) {
    this.server = server;
    server.createContext("/api/v1/lineage", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private static HttpServer at(int port, int tries) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException e) {
      if (tries == 1) {
        throw new UncheckedIOException(e);
      }
      return at(port + 1, tries - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** A transport to this server, which waits longer than a slow machine needs. */
  HttpTransport transport() {
    return transport(port(), 40_000);
  }

  static HttpTransport transport(int port, int timeoutMillis) {
    HttpConfig config = new HttpConfig();
    config.setUrl(URI.create("http://127.0.0.1:" + port));
    config.setTimeoutInMillis(timeoutMillis);
    return new HttpTransport(config);
  }

  /** Which status an event is answered with. */
  synchronized void answering(ToIntFunction<OpenLineage.RunEvent> how) {
    status = how;
  }

  /** Lets all answers wait for a latch. */
  void holdAt(CountDownLatch latch) {
    gate = latch;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      gate.await();
      exchange.sendResponseHeaders(take(body), -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized int take(String body) {
    OpenLineage.RunEvent event;
    try {
      JsonNode json = OpenLineageClientUtils.fromJson(body, new TypeReference<JsonNode>() {});
      required(json);
      event = OpenLineageClientUtils.runEventFromJson(body);
    } catch (RuntimeException e) {
      faults.add(e + " in " + body);
      return 422;
    }
    int answer = status.applyAsInt(event);
    if (answer < 300) {
      events.add(event);
    }
    return answer;
  }

  private static void required(JsonNode event) {
    Instant.parse(text(event, "eventTime"));
    uri(event, "producer");
    uri(event, "schemaURL");
    OpenLineage.RunEvent.EventType.valueOf(text(event, "eventType"));
    UUID.fromString(text(event.path("run"), "runId"));
    text(event.path("job"), "namespace");
    text(event.path("job"), "name");
    facets(event.path("run").path("facets"));
    facets(event.path("job").path("facets"));
    for (String side : List.of("inputs", "outputs")) {
      event.path(side).forEach(set -> {
        text(set, "namespace");
        text(set, "name");
        facets(set.path("facets"));
        facets(set.path("inputFacets"));
        facets(set.path("outputFacets"));
      });
    }
  }

  private static void facets(JsonNode facets) {
    facets.forEach(facet -> {
      uri(facet, "_producer");
      uri(facet, "_schemaURL");
    });
  }

  private static void uri(JsonNode from, String field) {
    if (!URI.create(text(from, field)).isAbsolute()) {
      throw new IllegalArgumentException(field + " is no absolute URI");
    }
  }

  private static String text(JsonNode from, String field) {
    if (!from.path(field).isTextual()) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return from.path(field).textValue();
  }

  synchronized List<OpenLineage.RunEvent> events() {
    return List.copyOf(events);
  }

  /** Events as their type and their job. */
  List<String> told() {
    return events().stream()
        .map(event -> event.getEventType() + " " + event.getJob().getName())
        .toList();
  }

  /** What the specification forbids. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
