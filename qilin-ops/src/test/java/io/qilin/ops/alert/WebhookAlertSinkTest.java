package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhookAlertSinkTest {
  private static final Secret SECRET = Secret.of("canary-secret-of-thirty-two-bytes");
  private static final Alert ALERT = new Alert(
      Instant.parse("2026-01-05T01:30:00Z"),
      ErrorCode.RISK_LIMIT,
      "rule:a",
      "line\none \"q\" \uD800",
      Severity.CRITICAL,
      Map.of("value", new BigDecimal("0.5")));

  /** What the server got. */
  private record Got(String id, String timestamp, String signature, byte[] body, String type) {}

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .executor(pool)
      .build();
  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  private final List<Got> got = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(pool);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    pool.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    got.add(new Got(
        headers.getFirst(WebhookAlertSink.ID),
        headers.getFirst(WebhookAlertSink.TIMESTAMP),
        headers.getFirst(WebhookAlertSink.SIGNATURE),
        exchange.getRequestBody().readAllBytes(),
        headers.getFirst("Content-Type")));
    Integer status;
    synchronized (statuses) {
      status = statuses.poll();
    }
    exchange.getResponseHeaders().add("Location", "/elsewhere");
    exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    exchange.close();
  }

  private URI address() {
    return URI.create(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=canary-token");
  }

  private WebhookAlertSink.Builder sink(URI uri) {
    return WebhookAlertSink.builder(client, uri, SECRET, clock, new Random(7))
        .overInsecureHttp()
        .timeout(Duration.ofSeconds(50))
        .pause(pauses::add);
  }

  @Test
  void whenTheHostsClockFails_thenTheAlertIsCountedAndNothingIsThrown() {
    Clock broken = new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        throw new IllegalStateException("canary");
      }
    };
    WebhookAlertSink sink = WebhookAlertSink.builder(
            client, URI.create("https://hook.example"), SECRET, broken, new SecureRandom())
        .build();
    sink.alert(ALERT);
    assertThat(sink.health().reason())
        .isEqualTo("https://hook.example was not told: IllegalStateException");
  }

  @Test
  void whenAnAlertIsSent_thenItIsSignedJson() {
    sink(address()).build().alert(ALERT);
    Got one = got.get(0);
    assertThat(one.type()).isEqualTo("application/json");
    assertThat(one.timestamp()).isEqualTo("1767576600");
    assertThat(new String(one.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":\"" + one.id() + "\",\"at\":\"2026-01-05T01:30:00Z\","
            + "\"severity\":\"CRITICAL\",\"code\":\"RISK_LIMIT\",\"number\":4003,"
            + "\"source\":\"rule:a\",\"message\":\"line\\\\none \\\"q\\\" \\\\ud800\","
            + "\"figures\":{\"value\":\"0.5\"}}");
    assertThat(WebhookSignature.verifies(
            SECRET, one.timestamp(), one.id(), one.body(), one.signature()))
        .isTrue();
    assertThat(
            WebhookSignature.verifies(SECRET, "1767576601", one.id(), one.body(), one.signature()))
        .isFalse();
  }

  @Test
  void whenTheServerFailsForAWhile_thenTheSameIsSentAgainUnderOneId() {
    statuses.addAll(List.of(500, 429));
    WebhookAlertSink sink = sink(address()).build();
    sink.alert(ALERT);
    assertThat(got).extracting(Got::id).hasSize(3).containsOnly(got.get(0).id());
    assertThat(pauses).hasSize(2);
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    assertThat(pauses.get(1)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(sink.health().status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(sink.health().facts()).containsEntry("sent", "1");
  }

  @Test
  void whenTheServerKeepsFailing_thenItEndsAndHealthSaysSoWithoutSecrets() {
    statuses.addAll(List.of(503, 503, 503));
    WebhookAlertSink sink = sink(address()).build();
    sink.alert(ALERT);
    assertThat(got).hasSize(3);
    assertThat(sink.health().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(sink.health().reason()).contains("503").doesNotContain("canary");
    sink.alert(ALERT);
    assertThat(sink.health().status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(sink.health().facts()).containsEntry("failed", "1");
  }

  @Test
  void whenTheServerRedirectsOrRefuses_thenItIsFinal() {
    for (int status : new int[] {302, 307, 400, 401, 404}) {
      got.clear();
      statuses.add(status);
      WebhookAlertSink sink = sink(address()).build();
      sink.alert(ALERT);
      assertThat(got).hasSize(1);
      assertThat(sink.health().facts()).containsEntry("failed", "1");
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void whenTheServerHangs_thenTheAttemptEnds() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      WebhookAlertSink sink = sink(URI.create("http://127.0.0.1:" + deaf.getLocalPort()))
          .timeout(Duration.ofMillis(100))
          .attempts(2)
          .build();
      sink.alert(ALERT);
      assertThat(sink.health().reason()).contains("QILIN-5002");
      assertThat(pauses).hasSize(1);
    }
  }

  /** The JDK's own timeout ends with the headers; a body that never ends must not hold the caller. */
  @Test
  void whenTheAnswerNeverEnds_thenItIsHungUpOn() throws IOException {
    HttpServer endless =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endless.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] part = new byte[64];
      try {
        while (true) {
          exchange.getResponseBody().write(part);
          exchange.getResponseBody().flush();
        }
      } catch (IOException hungUp) {
        exchange.close();
      }
    });
    endless.createContext("/drip", exchange -> exchange.sendResponseHeaders(200, 0));
    endless.setExecutor(pool);
    endless.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + endless.getAddress().getPort());
      WebhookAlertSink flooding = sink(base.resolve("/")).attempts(1).build();
      flooding.alert(ALERT);
      assertThat(flooding.health().facts()).containsEntry("sent", "1");
      WebhookAlertSink dripping = sink(base.resolve("/drip"))
          .attempts(1)
          .timeout(Duration.ofMillis(200))
          .build();
      dripping.alert(ALERT);
      assertThat(dripping.health().reason()).contains("did not answer within 200 ms");
    } finally {
      endless.stop(0);
    }
  }

  @Test
  void whenTheCallerIsInterrupted_thenItEndsAndStaysInterrupted() {
    statuses.add(500);
    WebhookAlertSink sink = sink(address())
        .pause(length -> {
          throw new InterruptedException();
        })
        .build();
    sink.alert(ALERT);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(sink.health().facts()).containsEntry("failed", "1");
  }

  @Test
  void whenItIsNotSafe_thenItIsRefused() {
    URI plain = URI.create("http://hook.example/x?token=canary");
    assertThatThrownBy(() -> WebhookAlertSink.builder(client, plain, SECRET, clock, new Random(1))
            .build())
        .hasMessageContaining("plain http")
        .message()
        .doesNotContain("canary");
    assertThatThrownBy(() -> WebhookAlertSink.builder(
                client, URI.create("https://x/"), Secret.of("short"), clock, new Random(1))
            .build())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WEAK_KEY));
    HttpClient following = HttpClient.newBuilder()
        .executor(pool)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
    assertThatThrownBy(() -> WebhookAlertSink.builder(
            following, URI.create("https://x/"), SECRET, clock, new Random(1)))
        .hasMessageContaining("redirects");
    assertThat(
            WebhookAlertSink.builder(client, URI.create("https://x/"), SECRET, clock, new Random(1))
                .build())
        .isNotNull();
  }
}
