package io.qilin.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.qilin.api.error.ErrorCode;
import io.qilin.ops.health.Diagnostics;
import io.qilin.ops.health.HealthProbe;
import io.qilin.ops.health.HealthRegistry;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.health.LatencyRecorder;
import io.qilin.ops.health.RecentErrors;
import io.qilin.testkit.SettableClock;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of docs/ops-health.md. */
@Timeout(60)
class OpsExampleTest {
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Clock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  private final PrometheusMeterRegistry prometheus =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RecentErrors errors = RecentErrors.of(RecentErrors.DEFAULT_SIZE, clock);
  private final HttpClient client = HttpClient.newHttpClient();
  private final LatencyRecorder latencies = new LatencyRecorder();

  @Test
  void whenCopiedFromThePage_thenItWorks() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 16);
    // region page
    HealthRegistry health = HealthRegistry.builder(executor, System::nanoTime)
        .required("store", this::store, HealthProbe.READY, HealthProbe.STARTUP)
        .optional("second-source", this::secondSource, HealthProbe.READY)
        .build();
    Diagnostics diagnostics = Diagnostics.builder(executor, clock, System::nanoTime)
        .health(health)
        .errors(errors)
        .latencies(latencies)
        .config(() -> "conf/qilin.yaml", () -> "17")
        .section("orders", () -> Map.of("open", 3))
        .build();
    OpsHandler handler = OpsHandler.builder(health, executor, System::nanoTime)
        .metrics(prometheus::scrape)
        .status(
            diagnostics, exchange -> exchange.getRemoteAddress().getAddress().isLoopbackAddress())
        .build();
    server.createContext("/", handler);
    // endregion page
    server.setExecutor(executor);
    server.start();
    try {
      errors.record(ErrorCode.DATA_FETCH, "the second source did not answer");
      latencies.record("analyse", Duration.ofMillis(12));
      prometheus.counter("qilin.orders").increment();
      int port = server.getAddress().getPort();
      assertThat(get(port, "/health/ready"))
          .isEqualTo("200 {\"status\":\"DEGRADED\",\"components\":{"
              + "\"second-source\":{\"status\":\"DOWN\",\"details\":"
              + "{\"reason\":\"no answer for 90 s\",\"required\":false}},"
              + "\"store\":{\"status\":\"UP\",\"details\":{\"required\":true}}}}");
      assertThat(get(port, "/metrics")).contains("qilin_orders_total 1.0");
      assertThat(get(port, "/status"))
          .contains("\"orders\":{\"open\":3}", "\"config\":{\"source\":\"conf/qilin.yaml\"");
      health.drain();
      assertThat(get(port, "/health/ready")).startsWith("503 {\"status\":\"OUT_OF_SERVICE\"");
    } finally {
      server.stop(0);
      executor.shutdownNow();
    }
  }

  private HealthResult store() {
    return HealthResult.healthy();
  }

  private HealthResult secondSource() {
    return HealthResult.unhealthy("no answer for 90 s");
  }

  private String get(int port, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30))
        .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }
}
