package io.qilin.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.qilin.ops.health.HealthRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes the handler; skipped where the command is missing. */
@Timeout(120)
class PrometheusScrapeTest {
  private static final Path COMMAND = Path.of("/usr/bin/prometheus");
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir
  Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void whenPrometheusScrapes_thenItKnowsWhatWasCounted() throws Exception {
    assumeTrue(
        Files.isExecutable(COMMAND),
        "skipped: there is no " + COMMAND + "; install the Debian package prometheus");
    ExecutorService executor = Executors.newCachedThreadPool();
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    meters.counter("qilin.orders", "side", "buy").increment(42);
    HealthRegistry health = HealthRegistry.builder(executor, System::nanoTime).build();
    OpsHandler handler = OpsHandler.builder(health, executor, System::nanoTime)
        .metrics(meters::scrape)
        .build();
    Process prometheus = null;
    try (LoopbackServer server = new LoopbackServer("/", handler)) {
      int port = freePort();
      prometheus = start(server.port(), port);
      String value = null;
      long end = System.nanoTime() + BOUND.toNanos();
      while (value == null && prometheus.isAlive() && System.nanoTime() < end) {
        value = query(port, "qilin_orders_total{side=\"buy\"}");
      }
      assertThat(value).as(log()).contains("\"42\"", "\"job\":\"qilin\"");
      assertThat(query(port, "up{job=\"qilin\"}")).contains("\"1\"]");
    } finally {
      if (prometheus != null) {
        prometheus.destroyForcibly();
        prometheus.waitFor(30, TimeUnit.SECONDS);
      }
      executor.shutdownNow();
    }
  }

  private Process start(int target, int port) throws IOException {
    Path config = Files.writeString(
        folder.resolve("prometheus.yml"), """
        global:
          scrape_interval: 200ms
          scrape_timeout: 200ms
        scrape_configs:
          - job_name: qilin
            static_configs:
              - targets: ['127.0.0.1:%d']
        """.replace("%d", Integer.toString(target)));
    return new ProcessBuilder(
            COMMAND.toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The answer once there is a value; null before. */
  private String query(int port, String expression) throws InterruptedException {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + encoded))
        .timeout(BOUND)
        .build();
    try {
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return body.contains("\"value\"") ? body : pause();
    } catch (IOException notYet) {
      return pause();
    }
  }

  /** Between two questions to a process that starts. */
  private static String pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(50);
    return null;
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
