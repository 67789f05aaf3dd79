package io.qilin.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.Diagnostics;
import io.qilin.ops.health.HealthProbe;
import io.qilin.ops.health.HealthRegistry;
import io.qilin.ops.health.HealthResult;
import io.qilin.testkit.Await;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class OpsHandlerTest {
  private static final String METRICS = "# TYPE qilin_up gauge\nqilin_up 1.0\n";

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<HealthResult> store = new AtomicReference<>(HealthResult.healthy());
  private final AtomicReference<Supplier<String>> metrics = new AtomicReference<>(() -> METRICS);
  private final AtomicReference<Predicate<HttpExchange>> allowed =
      new AtomicReference<>(exchange -> true);
  private final HealthRegistry registry = HealthRegistry.builder(executor, nanos::get)
      .cache(Duration.ZERO)
      .required("store", store::get, HealthProbe.READY, HealthProbe.STARTUP)
      .required("loop", HealthResult::healthy, HealthProbe.LIVE)
      .build();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    executor.shutdownNow();
  }

  private OpsHandlerBuilder handler() {
    return OpsHandler.builder(registry, executor, nanos::get);
  }

  private LoopbackServer serve(String context, OpsHandler handler) throws Exception {
    LoopbackServer server = new LoopbackServer(context, handler);
    open.add(server);
    return server;
  }

  private LoopbackServer full() throws Exception {
    Diagnostics diagnostics = Diagnostics.builder(
            executor, SettableClock.at("2026-01-05T09:30:00+08:00"), nanos::get)
        .build();
    return serve(
        "/",
        handler()
            .metrics(() -> metrics.get().get())
            .status(diagnostics, exchange -> allowed.get().test(exchange))
            .build());
  }

  @Test
  void whenProbed_thenTheCodeSaysWhetherItPasses() throws Exception {
    LoopbackServer server = full();
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    store.set(HealthResult.unhealthy("locked"));
    for (String down : new String[] {"/health", "/health/ready", "/health/startup"}) {
      LoopbackServer.Answer answer = server.get(down);
      assertThat(answer.statusCode()).as(down).isEqualTo(503);
      assertThat(answer.body()).contains("\"status\":\"DOWN\"", "\"reason\":\"locked\"");
    }
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    store.set(HealthResult.degraded("copy"));
    assertThat(server.get("/health/startup").body()).startsWith("{\"status\":\"DEGRADED\"");
    store.set(HealthResult.unhealthy("locked"));
    assertThat(server.get("/health/startup").statusCode()).isEqualTo(200);
    registry.drain();
    store.set(HealthResult.healthy());
    assertThat(server.get("/health/ready").body()).contains("OUT_OF_SERVICE");
  }

  @Test
  void whenAnswered_thenNothingKeepsOrGuessesIt() throws Exception {
    LoopbackServer server = full();
    for (String path : new String[] {"/health", "/metrics", "/status", "/nothing"}) {
      LoopbackServer.Answer answer = server.get(path + "?a=b");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
      LoopbackServer.Answer head = server.send("HEAD", path);
      assertThat(head.statusCode()).isEqualTo(answer.statusCode());
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("Content-Type"))
          .isEqualTo(answer.headers().firstValue("Content-Type"));
      assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
    }
    assertThat(server.get("/metrics").body()).isEqualTo(METRICS);
    assertThat(server.get("/metrics").headers().firstValue("Content-Type"))
        .contains(OpsHandlerBuilder.PROMETHEUS_TEXT);
    assertThat(server.get("/status").body()).startsWith("{\"qilin\":{\"version\":");
  }

  @Test
  void whenAnotherMethodIsUsed_thenTheAllowedOnesAreNamed() throws Exception {
    LoopbackServer server = full();
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"}) {
      LoopbackServer.Answer answer = server.send(method, "/health");
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/health/",
        "//health",
        "/health//live",
        "/health/live/",
        "/health/./live",
        "/health/../status",
        "/x/../health",
        "/%68ealth",
        "/health%2flive",
        "/health;a=b",
        "/HEALTH",
        "/health%00",
        "/status.json",
        "/healthx",
        "/metrics/..%2fstatus"
      })
  void whenAPathIsNotWrittenOut_thenThereIsNothing(String path) throws Exception {
    assertThat(full().get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void whenNothingIsEnabled_thenThereAreOnlyProbes() throws Exception {
    LoopbackServer server = serve("/ops", handler().details(false).build());
    assertThat(server.get("/ops/health").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(server.get("/ops/metrics").statusCode()).isEqualTo(404);
    assertThat(server.get("/ops/status").statusCode()).isEqualTo(404);
    assertThat(server.get("/ops").statusCode()).isEqualTo(404);
    assertThat(server.get("/opshealth").statusCode()).isEqualTo(404);
    assertThat(server.get("/health").statusCode()).isEqualTo(404);
  }

  @Test
  void whenTheAuthoriserRefusesOrFails_thenNothingIsTold() throws Exception {
    LoopbackServer server = full();
    for (Predicate<HttpExchange> closed : List.<Predicate<HttpExchange>>of(
        exchange -> false,
        exchange -> {
          throw new UnsupportedOperationException("hunter2");
        },
        exchange -> {
          throw new StackOverflowError();
        })) {
      allowed.set(closed);
      assertThat(server.get("/status").statusCode()).isEqualTo(403);
      assertThat(server.get("/status").body()).doesNotContain("hunter2", "qilin", "version");
    }
    allowed.set(
        exchange -> "Bearer right".equals(exchange.getRequestHeaders().getFirst("Authorization")));
    assertThat(server.get("/status").statusCode()).isEqualTo(403);
    assertThat(server.raw(
            "GET /status HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer right\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII)))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void whenTheMetricsFail_thenTheErrorIsPublicOnly() throws Exception {
    LoopbackServer server = full();
    for (Supplier<String> broken : List.<Supplier<String>>of(
        () -> {
          throw new UnsupportedOperationException("password=hunter2");
        },
        () -> {
          throw new StackOverflowError("hunter2");
        },
        OpsHandlerTest::nothing,
        () -> "x".repeat((16 << 20) + 1))) {
      metrics.set(broken);
      LoopbackServer.Answer answer = server.get("/metrics");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).isEqualTo("{\"error\":\"the metrics failed\"}");
    }
    metrics.set(() -> METRICS);
    assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
  }

  @SuppressWarnings("NullAway")
  private static String nothing() {
    return null;
  }

  @Test
  void whenTheMetricsHang_thenTheyAreAskedOnceAndTheProbesAnswer() throws Exception {
    LoopbackServer server = full();
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    metrics.set(() -> {
      calls.incrementAndGet();
      begun.countDown();
      while (goOn.getCount() > 0) {
        try {
          goOn.await();
        } catch (InterruptedException stubborn) {
          Thread.onSpinWait();
        }
      }
      return METRICS;
    });
    Future<LoopbackServer.Answer> first = executor.submit(() -> server.get("/metrics"));
    begun.await();
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    LoopbackServer.Answer second = server.get("/metrics");
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("Retry-After")).contains("1");
    assertThat(calls).hasValue(1);
    assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    goOn.countDown();
    Await.until("the metrics come again", () -> status(server, "/metrics") == 200);
  }

  private static int status(LoopbackServer server, String path) {
    try {
      return server.get(path).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whenTooManyAskAtATime_thenTheRestIsToldToComeAgain() throws Exception {
    LoopbackServer server =
        serve("/", handler().metrics(() -> metrics.get().get()).concurrent(2).build());
    CountDownLatch goOn = new CountDownLatch(1);
    metrics.set(() -> {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return METRICS;
    });
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(executor.submit(() -> server.get("/metrics").statusCode()));
    }
    Await.until("three answers", () -> answers.stream().filter(Future::isDone).count() == 3);
    goOn.countDown();
    List<Integer> codes = new ArrayList<>();
    for (Future<Integer> answer : answers) {
      codes.add(answer.get(30, TimeUnit.SECONDS));
    }
    assertThat(codes).containsExactlyInAnyOrder(200, 200, 503, 503, 503);
    assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void whenARequestHasABody_thenItIsNotReadAndTheConnectionEnds() throws Exception {
    LoopbackServer server = full();
    String large = "POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n";
    assertThat(server.raw((large + "x".repeat(1_000)).getBytes(StandardCharsets.US_ASCII)))
        .startsWith("HTTP/1.1 405")
        .containsIgnoringCase("connection: close");
    String chunked = "GET /health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(server.raw((chunked + "5\r\nhello\r\n0\r\n\r\nGET /status HTTP/1.1\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII)))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("qilin");
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void whenHostileLinesCome_thenNoneGetsInAndItStillAnswers() throws Exception {
    LoopbackServer server = full();
    allowed.set(exchange -> false);
    int n = Integer.getInteger("qilin.ops.hostile", 200);
    Random random = new Random(7);
    for (int i = 0; i < n; i++) {
      String answer = server.raw(hostile(random));
      if (!answer.isEmpty()) {
        assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("\"jvm\"", "\tat ");
        assertThat(answer.substring(9, 12)).isIn("200", "400", "403", "404", "405", "501", "414");
      }
    }
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
  }

  private static byte[] hostile(Random random) {
    String[] methods = {
      "GET", "HEAD", "POST", "get", "G\u0000T", "", "CONNECT", "PRI * HTTP/2.0", "\u00ff", "TRACE"
    };
    String[] paths = {
      "/health",
      "/status",
      "/metrics",
      "*",
      "",
      "//status",
      "/../status",
      "/%2e%2e/status",
      "/status%00",
      "/status%0d%0aX: y",
      "http://evil/status",
      "status",
      "/\u00e9",
      "/[",
      "/%",
      "/status?" + "a".repeat(5_000),
      "/" + "../".repeat(500),
      "mailto:x",
      "/status#x",
      "\\status",
      "/status\tx",
      "/${jndi:ldap://x}",
      "http:status",
      "://",
      "/;/status"
    };
    String[] versions = {"HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "", "http/1.1", "HTTP/1.1 x"};
    String[] headers = {
      "Host: x",
      "Content-Length: -1",
      "Content-Length: 99999999999999999999",
      "Host: \u0000",
      "Transfer-Encoding: chunked, chunked",
      "Content-Length: 5\r\nContent-Length: 6",
      "X: " + "y".repeat(5_000),
      ": empty",
      "no colon",
      "Connection: close",
      " folded"
    };
    StringBuilder out = new StringBuilder()
        .append(methods[random.nextInt(methods.length)])
        .append(random.nextInt(9) == 0 ? "" : " ")
        .append(paths[random.nextInt(paths.length)])
        .append(' ')
        .append(versions[random.nextInt(versions.length)])
        .append(random.nextInt(9) == 0 ? "\n" : "\r\n");
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append(headers[random.nextInt(headers.length)]).append("\r\n");
    }
    byte[] bytes = out.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    if (random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  @Test
  void whenAHandlerIsPutTogetherWrongly_thenItIsRefused() {
    assertThatThrownBy(() -> handler().concurrent(0)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> handler().timeout(Duration.ZERO)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenThereIsNothingToScrape_thenTheAnswerSaysThatItIsEmpty() throws Exception {
    metrics.set(() -> "");
    LoopbackServer.Answer answer = full().get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Length")).contains("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "text/plain\r\nX-Evil: 1", "文本", "text"})
  void whenTheTypeOfTheMetricsIsNone_thenItIsRefused(String type) {
    assertThatThrownBy(() -> handler().metrics(() -> METRICS, type))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("media type");
  }
}
