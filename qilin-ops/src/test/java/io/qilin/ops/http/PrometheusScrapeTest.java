package io.qilin.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.qilin.ops.LowPort;
import io.qilin.ops.health.HealthRegistry;
import java.io.IOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prometheus' own reader takes what the handler tells, and a whole Prometheus scrapes it. Skipped where the commands are missing.
 */
@Timeout(120)
class PrometheusScrapeTest {
  private static final Path TOOL = Path.of("/usr/bin/promtool");
  private static final Path COMMAND = Path.of("/usr/bin/prometheus");
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir
  Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  private final ExecutorService executor = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  private OpsHandler handler() {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    meters.counter("qilin.orders", "side", "buy").increment(42);
    HealthRegistry health = HealthRegistry.builder(executor, System::nanoTime).build();
    return OpsHandler.builder(health, executor, System::nanoTime)
        .metrics(meters::scrape)
        .build();
  }

  private static void needs(Path command) {
    assumeTrue(
        Files.isExecutable(command),
        "skipped: there is no " + command + "; install the Debian package prometheus");
  }

  @Test
  void whenPrometheusReaderIsAsked_thenItTakesTheText() throws Exception {
    needs(TOOL);
    Path text = folder.resolve("metrics.txt");
    try (LoopbackServer server = new LoopbackServer("/", handler())) {
      LoopbackServer.Answer answer = server.get("/metrics");
      assertThat(answer.body()).contains("qilin_orders_total{side=\"buy\"} 42.0");
      Files.writeString(text, answer.body());
    }
    Process tool = new ProcessBuilder(TOOL.toString(), "check", "metrics")
        .redirectInput(text.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
    assertThat(tool.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    // 3 is for advice about names and help texts; 1 is for what cannot be read.
    assertThat(tool.exitValue()).as(log()).isIn(0, 3);
  }

  @Test
  void whenPrometheusScrapes_thenItKnowsWhatWasCounted() throws Exception {
    needs(COMMAND);
    Process prometheus = null;
    try (LoopbackServer server = new LoopbackServer("/", handler())) {
      int port = LowPort.free();
      prometheus = start(server.port(), port);
      String value = answer(prometheus, port, "qilin_orders_total{side=\"buy\"}", "\"42\"");
      assertThat(value).contains("\"job\":\"qilin\"");
      // One scrape may be late on a busy machine.
      answer(prometheus, port, "up{job=\"qilin\"}", "\"1\"]");
    } finally {
      if (prometheus != null) {
        prometheus.destroyForcibly();
        prometheus.waitFor(30, TimeUnit.SECONDS);
      }
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

  /** The answer as soon as this is in it. */
  private String answer(Process prometheus, int port, String expression, String what)
      throws IOException, InterruptedException {
    String last = null;
    long end = System.nanoTime() + BOUND.toNanos();
    while ((last == null || !last.contains(what))
        && prometheus.isAlive()
        && System.nanoTime() < end) {
      last = query(port, expression);
    }
    assertThat(last).as(log()).contains(what);
    return last;
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
