package io.qilin.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stand-in for an MLflow 2.21 tracking server with an SQL store, in process: it checks each request as the recorded contract says,
 * keeps its state in memory, and can be told to fail.
 */
public final class MlflowDouble implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int MOST_BODY = 1_000_000;
  private static final int THREADS = 8;

  /** A way to fail. */
  public enum Fault {
    /** 503 with {@code Retry-After: 0}; nothing is done. */
    UNAVAILABLE,
    /** 429; nothing is done. */
    TOO_MANY,
    /** 401; nothing is done. */
    WHO,
    /** A page of a proxy, with status 200. */
    HTML,
    /** A page of a proxy, with status 502. */
    HTML_502,
    /** JSON that breaks off, with the right length. */
    GARBAGE,
    /** A body that ends before its announced length. */
    TRUNCATED,
    /** A body that does not end. */
    HUGE,
    /** A body of which now and then one byte comes. */
    DRIP,
    /** No answer. */
    SILENT,
    /** The connection is closed; nothing is done. */
    RESET_BEFORE,
    /** All is done, and then the connection is closed without an answer. */
    RESET_AFTER
  }

  private record Rule(Predicate<String> path, Fault fault, int[] times) {}

  private final HttpServer http;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final List<Rule> rules = new ArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final DoubleTracking tracking = new DoubleTracking();
  private final DoubleModels models = new DoubleModels(tracking);
  private String authorization = "";
  private int left = Integer.MAX_VALUE;

  private MlflowDouble(int port) throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  /** Starts one on a free port. */
  public static MlflowDouble start() throws IOException {
    return new MlflowDouble(0);
  }

  /** Where it is. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** Fails requests whose path ends so, so often. */
  public synchronized void fail(String end, Fault fault, int times) {
    rules.add(
        new Rule(path -> path.endsWith(end) || path.contains(end + "/"), fault, new int[] {times}));
  }

  /** Refuses all requests but those with this header. */
  public synchronized void require(String header) {
    authorization = header;
  }

  /** Answers so many requests more, and then breaks off each. */
  public synchronized void dieAfter(int requests) {
    left = requests;
  }

  /** Ends all failing. */
  public synchronized void heal() {
    rules.clear();
    left = Integer.MAX_VALUE;
  }

  /** Method and path of each request, and its status. */
  public List<String> log() {
    return List.copyOf(log);
  }

  /** How many requests with a path that ends so were answered with 200. */
  public long succeeded(String end) {
    return log.stream().filter(line -> line.endsWith(end + " 200")).count();
  }

  /** Changes bytes of a file that is kept, whose path ends so. */
  public void damage(String end) {
    tracking.damage(end);
  }

  /** Forgets a file that is kept, whose path ends so. */
  public void lose(String end) {
    tracking.lose(end);
  }

  @Override
  public void close() {
    closed.countDown();
    http.stop(0);
    threads.shutdownNow();
  }

  private synchronized Fault fault(String path) {
    if (left-- <= 0) {
      left = 0;
      return Fault.RESET_BEFORE;
    }
    for (Rule rule : rules) {
      if (rule.path().test(path) && rule.times()[0] > 0) {
        rule.times()[0]--;
        return rule.fault();
      }
    }
    return null;
  }

  private synchronized boolean refuses(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    return !authorization.isEmpty() && !authorization.equals(given);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getRawPath();
      Fault fault = fault(path);
      if (fault != null && fault != Fault.RESET_AFTER) {
        fail(exchange, fault);
        return;
      }
      DoubleReply reply = refuses(exchange)
          ? DoubleReply.error(401, "UNAUTHENTICATED", "You are not authenticated.")
          : answer(exchange, path, body);
      log.add(exchange.getRequestMethod() + " " + path + " " + reply.status());
      if (fault == Fault.RESET_AFTER) {
        return;
      }
      send(exchange, reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, DoubleReply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    exchange.sendResponseHeaders(
        reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
    exchange.getResponseBody().write(reply.body());
  }

  private void fail(HttpExchange exchange, Fault fault) throws IOException, InterruptedException {
    log.add(
        exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + " " + fault);
    switch (fault) {
      case UNAVAILABLE -> {
        exchange.getResponseHeaders().set("Retry-After", "0");
        send(exchange, DoubleReply.html(503, "busy"));
      }
      case TOO_MANY ->
        send(exchange, DoubleReply.error(429, "REQUEST_LIMIT_EXCEEDED", "slow down"));
      case WHO -> send(exchange, DoubleReply.error(401, "UNAUTHENTICATED", "who are you"));
      case HTML -> send(exchange, DoubleReply.html(200, "log in"));
      case HTML_502 -> send(exchange, DoubleReply.html(502, "bad gateway"));
      case GARBAGE ->
        send(
            exchange,
            new DoubleReply(
                200, "application/json", "{\"run\": {".getBytes(StandardCharsets.UTF_8)));
      case TRUNCATED -> {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write("{\"run\":".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
      case HUGE -> {
        exchange.sendResponseHeaders(200, 0);
        pour(exchange.getResponseBody(), new byte[1 << 16], 0);
      }
      case DRIP -> {
        exchange.sendResponseHeaders(200, 0);
        pour(exchange.getResponseBody(), new byte[] {' '}, 20);
      }
      case SILENT -> closed.await();
      case RESET_BEFORE, RESET_AFTER -> {}
    }
  }

  /** Writes until the other side or the double is closed. */
  private void pour(OutputStream to, byte[] piece, long millis)
      throws IOException, InterruptedException {
    while (!closed.await(millis, TimeUnit.MILLISECONDS)) {
      to.write(piece);
      to.flush();
    }
  }

  private DoubleReply answer(HttpExchange exchange, String path, byte[] body) {
    String method = exchange.getRequestMethod();
    String files = "/api/2.0/mlflow-artifacts/artifacts/";
    if (path.startsWith(files)) {
      String file = URLDecoder.decode(
          path.substring(files.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
      return tracking.file(method, file, body);
    }
    if (path.equals("/health")) {
      return new DoubleReply(200, "text/plain", "OK".getBytes(StandardCharsets.UTF_8));
    }
    String call = path.replaceFirst("^/(ajax-)?api/2\\.0/mlflow/", "");
    if (body.length > MOST_BODY && call.equals("runs/log-batch")) {
      return DoubleReply.error(
          400,
          "INVALID_PARAMETER_VALUE",
          "Batched logging API requests must be at most 1000000 bytes");
    }
    JsonNode asked = method.equals("GET") ? query(exchange) : read(body);
    try {
      return tracking
          .call(method, call, asked)
          .or(() -> models.call(method, call, asked))
          .map(DoubleReply::json)
          .orElseGet(() -> tracking.knows(call) || models.knows(call)
              ? DoubleReply.html(405, "Method Not Allowed")
              : DoubleReply.html(404, "Not Found"));
    } catch (DoubleRefusal e) {
      return DoubleReply.error(e.status(), e.code(), e.getMessage());
    }
  }

  /** Malformed JSON is answered as if nothing had been sent. */
  private static JsonNode read(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      return node.isObject() ? node : MAPPER.createObjectNode();
    } catch (JacksonException e) {
      return MAPPER.createObjectNode();
    }
  }

  private static JsonNode query(HttpExchange exchange) {
    Map<String, String> query = new TreeMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int at = pair.indexOf('=');
        query.put(
            pair.substring(0, at),
            URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
      }
    }
    ObjectNode node = MAPPER.createObjectNode();
    query.forEach(node::put);
    return node;
  }
}
