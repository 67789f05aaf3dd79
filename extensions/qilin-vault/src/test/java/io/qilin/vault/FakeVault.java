package io.qilin.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that keeps to the observed contract of Vault's HTTP interface: the KV engine (version 2) at {@code secret}, transit at
 * {@code transit}, AppRole at {@code approle}, tokens with leases, wrapping. It holds every request against the contract and keeps
 * what breaks it. Time is the clock's.
 */
final class FakeVault implements AutoCloseable {
  static final JsonMapper MAPPER = JsonMapper.shared();
  static final String ROLE = "role-5f2c";
  static final String ROOT = "hvs.ROOTcanary0Qz";

  final SettableClock clock = SettableClock.at("2026-03-02T09:00:00+08:00");
  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<String> violations = new CopyOnWriteArrayList<>();
  final CountDownLatch closed = new CountDownLatch(1);
  final Map<String, Token> tokens = new TreeMap<>();
  final Map<String, ObjectNode> wrapped = new TreeMap<>();
  final FakeKv kv = new FakeKv(this);
  final FakeTransit transit = new FakeTransit(this);
  /** What is denied to tokens of logins, by the start of the path. */
  final List<String> denied = new CopyOnWriteArrayList<>();

  volatile boolean sealed;
  volatile Optional<String> namespace = Optional.empty();
  volatile String secretId = "secret-id-canary-88";
  volatile Duration lease = Duration.ofHours(1);
  volatile Duration maxLife = Duration.ofHours(24);
  volatile boolean renewable = true;
  /** Answers in the place of the server when it gives something. */
  volatile Function<Request, Optional<Reply>> fault = request -> Optional.empty();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private int port;
  private int issued;

  /** A token and its life. */
  static final class Token {
    final Instant created;
    final boolean root;
    Instant ends;

    Token(Instant created, Instant ends, boolean root) {
      this.created = created;
      this.ends = ends;
      this.root = root;
    }
  }

  /** What was asked. */
  record Request(
      String method,
      String path,
      Map<String, String> query,
      ObjectNode body,
      Optional<String> token) {
    String text(String name) {
      return body.path(name).isString() ? body.path(name).asString() : "";
    }

    String line() {
      return method + " " + path;
    }
  }

  /** Writes an answer. */
  interface Reply {
    void write(HttpExchange exchange) throws IOException, InterruptedException;
  }

  FakeVault() throws IOException {
    tokens.put(ROOT, new Token(clock.instant(), Instant.MAX, true));
    start();
  }

  /** Starts, again at the same port if it was stopped. */
  void start() throws IOException {
    server = port == 0 ? anywhere() : at(port);
    port = server.getAddress().getPort();
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private static HttpServer at(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
  }

  /** Below the ports that the system gives to others, so that this one is still free after a stop. */
  private static HttpServer anywhere() throws IOException {
    for (int left = 100; ; left--) {
      try {
        return at(ThreadLocalRandom.current().nextInt(10_000, 30_000));
      } catch (BindException taken) {
        if (left == 1) {
          throw taken;
        }
      }
    }
  }

  /** Hangs up on everybody. */
  void stop() {
    server.stop(0);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  long count(String line) {
    return requests.stream().filter(line::equals).count();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = request(exchange);
      requests.add(request.line());
      Optional<Reply> other = fault.apply(request);
      (other.isPresent() ? other.get() : answer(request)).write(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Request request(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    String raw = exchange.getRequestURI().getPath();
    if (!raw.startsWith("/v1/")) {
      violations.add("path " + raw);
    }
    String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
        .orElse("");
    if (bytes.length > 0 && !type.equals("application/json")) {
      violations.add("content type " + type);
    }
    if (!"true".equals(exchange.getRequestHeaders().getFirst("X-Vault-Request"))) {
      violations.add("no X-Vault-Request");
    }
    Optional<String> asked =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Vault-Namespace"));
    boolean ofNode = raw.equals("/v1/sys/health");
    if (!asked.equals(ofNode ? Optional.empty() : namespace)) {
      violations.add("namespace " + asked);
    }
    Map<String, String> query = new TreeMap<>();
    String text = exchange.getRequestURI().getRawQuery();
    for (String pair : text == null ? new String[0] : text.split("&", -1)) {
      query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return new Request(
        exchange.getRequestMethod(),
        raw.replaceFirst("^/v1/", ""),
        query,
        body(bytes),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Vault-Token")));
  }

  private ObjectNode body(byte[] bytes) {
    if (bytes.length == 0) {
      return MAPPER.createObjectNode();
    }
    try {
      return (ObjectNode) MAPPER.readTree(bytes);
    } catch (JacksonException | ClassCastException e) {
      violations.add("a body that is no JSON object");
      return MAPPER.createObjectNode();
    }
  }

  /** Notes members that the contract does not have. */
  void allow(JsonNode body, String... names) {
    body.properties().forEach(member -> {
      if (!Set.of(names).contains(member.getKey())) {
        violations.add("unknown member " + member.getKey());
      }
    });
  }

  private synchronized Reply answer(Request request) {
    if (request.path().equals("sys/health")) {
      return health(request);
    }
    if (sealed) {
      return error(503, "Vault is sealed");
    }
    if (request.path().equals("auth/approle/login")) {
      return login(request);
    }
    if (request.token().isEmpty()) {
      return error(400, "missing client token");
    }
    if (request.path().equals("sys/wrapping/unwrap")) {
      return unwrap(request);
    }
    Token token = tokens.get(request.token().get());
    if (token == null || !clock.instant().isBefore(token.ends)) {
      return error(403, "permission denied");
    }
    if (!token.root && denied.stream().anyMatch(request.path()::startsWith)) {
      return error(403, "1 error occurred: permission denied");
    }
    if (request.path().startsWith("auth/token/")) {
      return token(request, token);
    }
    if (request.path().startsWith("secret/")) {
      return kv.answer(request);
    }
    if (request.path().startsWith("transit/")) {
      return transit.answer(request);
    }
    return error(404, "no handler for route '" + request.path() + "'");
  }

  private Reply health(Request request) {
    if (request.token().isPresent()) {
      violations.add("a token for the health");
    }
    ObjectNode body = MAPPER.createObjectNode();
    body.put("initialized", true)
        .put("sealed", sealed)
        .put("standby", false)
        .put("version", "1.2.3");
    int status = sealed ? Integer.parseInt(request.query().getOrDefault("sealedcode", "503")) : 200;
    return json(status, body);
  }

  private Reply login(Request request) {
    if (!request.method().equals("POST") || request.token().isPresent()) {
      violations.add("login by " + request.method());
    }
    allow(request.body(), "role_id", "secret_id");
    if (!request.text("role_id").equals(ROLE)) {
      return error(400, "invalid role id");
    }
    if (!request.text("secret_id").equals(secretId)) {
      return error(400, "invalid secret id");
    }
    return json(200, envelope().set("auth", auth(newToken(), lease)));
  }

  /** A new token, for tests that need one from elsewhere too. */
  synchronized String newToken() {
    String text = "hvs.TOKENcanary" + ++issued;
    tokens.put(text, new Token(clock.instant(), clock.instant().plus(lease), false));
    return text;
  }

  /** Wraps a payload that unwraps to {@code data}, or to {@code auth} if given. */
  synchronized String wrap(Map<String, String> data) {
    String text = "hvs.WRAPcanary" + ++issued;
    ObjectNode envelope = envelope();
    ObjectNode payload = envelope.putObject("data");
    data.forEach(payload::put);
    wrapped.put(text, envelope);
    return text;
  }

  /** Wraps what the KV engine gives. */
  synchronized String wrapSecret(Map<String, String> fields) {
    String text = wrap(Map.of());
    ObjectNode data = (ObjectNode) wrapped.get(text).path("data");
    fields.forEach(data.putObject("data")::put);
    data.putObject("metadata").put("version", 1).put("created_time", "2026-03-02T01:00:00Z");
    return text;
  }

  synchronized String wrapLogin() {
    String text = "hvs.WRAPcanary" + ++issued;
    ObjectNode envelope = envelope();
    envelope.set("auth", auth(newToken(), lease));
    wrapped.put(text, envelope);
    return text;
  }

  private Reply unwrap(Request request) {
    ObjectNode payload = wrapped.remove(request.token().orElseThrow());
    return payload == null
        ? error(400, "wrapping token is not valid or does not exist")
        : json(200, payload);
  }

  private ObjectNode auth(String token, Duration life) {
    ObjectNode auth = MAPPER.createObjectNode();
    auth.put("client_token", token)
        .put("accessor", "acc-1")
        .put("lease_duration", life.toSeconds());
    auth.put("renewable", renewable)
        .put("entity_id", "e-1")
        .put("token_type", "service")
        .put("orphan", true);
    auth.putArray("policies").add("default");
    auth.putArray("token_policies").add("default");
    auth.putNull("metadata");
    return auth;
  }

  private Reply token(Request request, Token token) {
    switch (request.line()) {
      case "GET auth/token/lookup-self": {
        ObjectNode data = MAPPER.createObjectNode();
        boolean endless = token.ends.equals(Instant.MAX);
        data.put(
            "ttl", endless ? 0 : Duration.between(clock.instant(), token.ends).toSeconds());
        data.put("renewable", renewable && !endless).put("display_name", "x");
        return data(data);
      }
      case "POST auth/token/renew-self": {
        allow(request.body(), "increment");
        if (!renewable || token.root) {
          return error(400, "lease is not renewable");
        }
        Instant last = token.created.plus(maxLife);
        Instant next = clock.instant().plus(lease);
        token.ends = next.isBefore(last) ? next : last;
        Duration life = Duration.between(clock.instant(), token.ends);
        return json(200, envelope().set("auth", auth(request.token().orElseThrow(), life)));
      }
      case "POST auth/token/revoke-self":
        tokens.remove(request.token().orElseThrow());
        return none();
      default:
        violations.add(request.line());
        return error(405, "unsupported operation");
    }
  }

  static ObjectNode envelope() {
    ObjectNode envelope = MAPPER.createObjectNode();
    envelope
        .put("request_id", "3f1c")
        .put("lease_id", "")
        .put("renewable", false)
        .put("lease_duration", 0);
    envelope.putNull("data").putNull("wrap_info").putNull("warnings").putNull("auth");
    return envelope;
  }

  static Reply data(ObjectNode data) {
    return json(200, envelope().set("data", data));
  }

  static Reply none() {
    return exchange -> exchange.sendResponseHeaders(204, -1);
  }

  static Reply error(int status, String... texts) {
    ObjectNode body = MAPPER.createObjectNode();
    ArrayNode errors = body.putArray("errors");
    for (String text : texts) {
      errors.add(text);
    }
    return json(status, body);
  }

  static Reply json(int status, JsonNode body) {
    return raw(status, "application/json", body.toString());
  }

  static Reply raw(int status, String type, String body) {
    return raw(status, Map.of("Content-Type", type), body);
  }

  static Reply raw(int status, Map<String, String> headers, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** Half of a body, and then the end of the connection. */
  static Reply truncated() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write("{\"data\":{\"da".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    };
  }

  /** Nothing until the server is closed. */
  Reply silence() {
    return exchange -> closed.await();
  }

  /** A body that never ends. */
  static Reply endless() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      byte[] part = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 1_000; i++) {
        out.write(part);
      }
    };
  }

  /** Answers the first requests of a line with these, one after another. */
  void failFirst(String line, Reply... replies) {
    Iterator<Reply> left = new ArrayList<>(List.of(replies)).iterator();
    fault = request -> {
      synchronized (left) {
        return request.line().equals(line) && left.hasNext()
            ? Optional.of(left.next())
            : Optional.empty();
      }
    };
  }

  /** Answers every request of a line with this. */
  void failAlways(String line, Reply reply) {
    fault = request -> request.line().equals(line) ? Optional.of(reply) : Optional.empty();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
