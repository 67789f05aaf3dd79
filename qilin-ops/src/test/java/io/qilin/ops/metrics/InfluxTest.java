package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import io.micrometer.influx.InfluxConfig;
import io.micrometer.influx.InfluxMeterRegistry;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.Corpora;
import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.Await;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real InfluxDB 1.6, skipped where there is none, and against servers that misbehave. */
@Timeout(60)
class InfluxTest {
  private static final Instant TIME = Instant.parse("2026-01-05T01:30:00Z");
  /** Of a server that answers: however busy the machine is. */
  private static final Duration PATIENT = Duration.ofSeconds(50);

  private static final ExecutorService POOL = Executors.newCachedThreadPool();
  private static final HttpClient CLIENT = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .executor(POOL)
      .build();

  @TempDir
  private static Path folder;

  @AfterAll
  static void stop() {
    POOL.shutdownNow();
  }

  @BeforeAll
  static void warm() {
    assertThat(CLIENT.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
  }

  private static InfluxConfig config(String address) {
    return new InfluxConfig() {
      @Override
      public String get(String key) {
        return switch (key) {
          case "influx.uri" -> address;
          case "influx.db" -> "micrometer";
          case "influx.step" -> "10s";
          case "influx.enabled" -> "false";
          case "influx.connectTimeout", "influx.readTimeout" -> "50s";
          default -> null;
        };
      }
    };
  }

  @Test
  void whenTheServerIsReal_thenWhatIsWrittenIsReadAndAnOutageIsCountedAndOver() throws Exception {
    try (InfluxServer server = new InfluxServer(folder, CLIENT)) {
      server.start();
      readBack(server);
      registryPublishes(server);
      outage(server);
    }
  }

  private void readBack(InfluxServer server) throws Exception {
    server.query("", "CREATE DATABASE qilin");
    InfluxLineSink sink = InfluxLineSink.builder(CLIENT, URI.create(server.address()), "qilin")
        .timeout(PATIENT)
        .build();
    List<String> odd = new ArrayList<>(List.of(
        "plain", "a b,c=d", "\"q\"", "a\\", "\\,", "l\nl", "#c", "time", "龙头", "e\u0301", "'", "=",
        ",", " "));
    SharedFiles.root()
        .map(root -> root.resolve("corpora/naughty-strings/cases.jsonl"))
        .filter(java.nio.file.Files::exists)
        .ifPresent(file -> Corpora.texts(file).stream()
            .filter(text -> !text.isEmpty() && text.length() <= 256)
            .forEach(odd::add));
    List<MeasuredPoint> batch = new ArrayList<>();
    for (int i = 0; i < odd.size(); i++) {
      String text = odd.get(i);
      batch.add(new MeasuredPoint(
          "odd",
          Map.of("n", Integer.toString(i), "tag", text, text, "x"),
          Map.of("text", FieldValue.of(text), "value", FieldValue.of((double) i)),
          TIME.plusNanos(i)));
      batch.add(MeasuredPoint.of(text, Map.of(), i, TIME.plusNanos(i)));
    }
    sink.write(batch);
    String count = server.query("qilin", "SELECT COUNT(value), SUM(value) FROM odd");
    long sum = (long) odd.size() * (odd.size() - 1) / 2;
    assertThat(count).contains("," + odd.size() + "," + sum + "]");
    for (int i : List.of(0, 1, 2, 3, 4, 5, 8)) {
      String row = server.query("qilin", "SELECT \"text\" FROM odd WHERE n = '" + i + "'");
      String json = odd.get(i).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      assertThat(row).contains("\"" + json + "\"");
    }
    assertThat(server.query("qilin", "SHOW TAG VALUES FROM odd WITH KEY = \"tag\""))
        .contains("\"a b,c=d\"", "\"\\\"q\\\"\"", "\"a_\"", "\"l_l\"", "\"龙头\"");
    assertThatThrownBy(() -> sink.write(List.of(
            new MeasuredPoint("odd", Map.of(), Map.of("value", FieldValue.of("text")), TIME))))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_REJECTED))
        .hasMessageContaining("field type conflict");
    InfluxLineSink nowhere =
        InfluxLineSink.builder(CLIENT, URI.create(server.address()), "no such").build();
    assertThatThrownBy(() -> nowhere.write(batch.subList(0, 1)))
        .hasMessageContaining("404")
        .hasMessageContaining("database not found");
  }

  private void registryPublishes(InfluxServer server) throws Exception {
    MockClock clock = new MockClock();
    PublishWatch watch = new PublishWatch(new HttpUrlConnectionSender());
    InfluxMeterRegistry registry = InfluxMeterRegistry.builder(config(server.address()))
        .clock(clock)
        .httpClient(watch)
        .build();
    QilinMetrics metrics = QilinMetrics.on(registry);
    metrics.trading().signal("BUY");
    metrics.trading().signal("BUY");
    metrics.data().quality("csv", 0.875);
    clock.add(Duration.ofSeconds(10));
    registry.close();
    // A registry that is not enabled does not publish when it is closed, so the step is published
    // by hand.
    assertThat(watch.sent() + watch.lost()).isZero();
    publish(registry);
    assertThat(watch.lost()).isZero();
    assertThat(watch.health().status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(server.query("micrometer", "SELECT * FROM qilin_trading_signals"))
        .contains("BUY", "2");
    assertThat(server.query(
            "micrometer", "SELECT \"source\", \"value\" FROM qilin_data_quality_score"))
        .contains("csv", "0.875");
    server.stop();
    publish(registry);
    assertThat(watch.lost()).isPositive();
    assertThat(watch.health().status()).isEqualTo(HealthStatus.DEGRADED);
    server.start();
    long lost = watch.lost();
    publish(registry);
    assertThat(watch.lost()).isEqualTo(lost);
    assertThat(watch.health().status()).isEqualTo(HealthStatus.HEALTHY);
  }

  /** Publishing is for the registry's own thread; a test has to ask for it. */
  private static void publish(InfluxMeterRegistry registry) throws Exception {
    var method = InfluxMeterRegistry.class.getDeclaredMethod("publish");
    method.setAccessible(true);
    method.invoke(registry);
  }

  private void outage(InfluxServer server) throws Exception {
    InfluxLineSink sink = InfluxLineSink.builder(CLIENT, URI.create(server.address()), "qilin")
        .timeout(Duration.ofSeconds(5))
        .build();
    try (MetricsBuffer buffer = MetricsBuffer.builder(sink, System::nanoTime)
        .batchSize(50)
        .capacity(100)
        .attempts(50)
        .every(Duration.ofMillis(50))
        .start()) {
      offer(buffer, 0, 50);
      Await.until("the first are written", () -> buffer.status().written() == 50);
      server.stop();
      offer(buffer, 50, 500);
      Await.until("a write failed", () -> buffer.status().failures() > 0);
      BufferStatus down = buffer.status();
      assertThat(down.overflowed()).isEqualTo(350);
      assertThat(down.waiting()).isEqualTo(100);
      assertThat(buffer.health().status()).isEqualTo(HealthStatus.DEGRADED);
      server.start();
      Await.until("the rest is written", () -> buffer.status().written() == 150);
      assertThat(buffer.status().lost()).isZero();
    }
    assertThat(server.query("qilin", "SELECT COUNT(value) FROM outage")).contains(",150]");
  }

  private static void offer(MetricsBuffer buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      buffer.offer(MeasuredPoint.of("outage", Map.of(), i, TIME.plusNanos(i)));
    }
  }

  @Test
  void whenTheServerFails_thenTheCodeSaysWhetherToTryAgain() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      String database = exchange.getRequestURI().getQuery().replaceAll(".*db=", "");
      byte[] body = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
      exchange.sendResponseHeaders(Integer.parseInt(database), body.length);
      try (var out = exchange.getResponseBody()) {
        out.write(body);
      } catch (IOException hungUp) {
        // The sink has read enough.
        assertThat(hungUp).isNotNull();
      }
    });
    server.setExecutor(POOL);
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      for (String status : List.of("302", "400", "401", "413", "429", "500", "503")) {
        InfluxLineSink sink =
            InfluxLineSink.builder(CLIENT, uri, status).timeout(PATIENT).build();
        boolean later = List.of("429", "500", "503").contains(status);
        assertThatThrownBy(() -> sink.write(List.of(MeasuredPoint.of("m", Map.of(), 1, TIME))))
            .isInstanceOfSatisfying(
                QilinException.class, e -> assertThat(e.code().retryable()).isEqualTo(later))
            .hasMessageContaining(status)
            .message()
            .hasSizeLessThan(300);
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whenTheServerHangs_thenTheWriteEnds() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InfluxLineSink sink = InfluxLineSink.builder(
              CLIENT, URI.create("http://127.0.0.1:" + deaf.getLocalPort()), "x")
          .timeout(Duration.ofMillis(100))
          .build();
      assertThatThrownBy(() -> sink.write(List.of(MeasuredPoint.of("m", Map.of(), 1, TIME))))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    }
  }

  @Test
  void whenItIsNotSafe_thenItIsRefused() {
    URI plain = URI.create("http://influx.example:8086");
    assertThatThrownBy(() -> InfluxLineSink.builder(CLIENT, plain, "q")
            .credentials("u", Secret.of("canary"))
            .build())
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("plain http")
        .message()
        .doesNotContain("canary");
    assertThat(InfluxLineSink.builder(CLIENT, plain, "q")
            .credentials("u", Secret.of("canary"))
            .passwordOverInsecureHttp()
            .build())
        .isNotNull();
    HttpClient following = HttpClient.newBuilder()
        .executor(POOL)
        .followRedirects(HttpClient.Redirect.ALWAYS)
        .build();
    assertThatThrownBy(() -> InfluxLineSink.builder(following, plain, "q"))
        .hasMessageContaining("redirects");
    for (String bad : List.of("ftp://x", "http://user:canary@x", "http:///x")) {
      assertThatThrownBy(() -> InfluxLineSink.builder(CLIENT, URI.create(bad), "q"))
          .isInstanceOf(QilinException.class)
          .message()
          .doesNotContain("canary");
    }
  }
}
