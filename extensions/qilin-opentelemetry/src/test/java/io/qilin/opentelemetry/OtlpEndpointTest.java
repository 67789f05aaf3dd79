package io.qilin.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.qilin.api.analysis.DecisionRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A desk whose spans go to a collector over the network, which is up, down, slow or mad. */
@Timeout(120)
class OtlpEndpointTest {
  private static final DecisionRecord EXPECTED =
      Desks.run(ObservationRegistry.NOOP, Runnable::run).record();

  /** Answers what it is told, and keeps what it got. */
  private static final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final LinkedBlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** One at a port that stays free when it is down: below those that systems give to whoever asks for any. */
    Collector() {
      this(at(ThreadLocalRandom.current().nextInt(12_000, 32_000), 100));
    }

    /** One at the port of another that is down. */
    Collector(int port) {
      this(at(port, 1));
    }

    private Collector(HttpServer server) {
      this.server = server;
      server.createContext("/v1/traces", this::answer);
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

    private void answer(HttpExchange exchange) throws IOException {
      try (exchange) {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.countDown();
        gate.await();
        bodies.add(new String(body, StandardCharsets.ISO_8859_1));
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(status.get(), -1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    int port() {
      return server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private Collector collector = new Collector();
  private final OpenTelemetrySdk sdk =
      Telemetry.of(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
              .setEndpoint("http://127.0.0.1:" + collector.port() + "/v1/traces")
              .setTimeout(Duration.ofSeconds(40))
              .setRetryPolicy(null)
              .build())
          .setScheduleDelay(Duration.ofMillis(20))
          .setExporterTimeout(Duration.ofSeconds(40))
          .build());
  private final QilinTelemetry telemetry = QilinTelemetry.of(sdk, System::nanoTime);

  @AfterEach
  void end() {
    collector.gate.countDown();
    sdk.close();
    collector.close();
  }

  private void runs() {
    assertThat(Desks.run(telemetry.observations(), Runnable::run).record()).isEqualTo(EXPECTED);
    assertThat(telemetry.failures()).isZero();
  }

  private void flush() {
    sdk.getSdkTracerProvider().forceFlush().join(60, TimeUnit.SECONDS);
  }

  @Test
  void whenTheCollectorIsUp_thenItGetsTheSpans() {
    runs();
    flush();
    assertThat(String.join("", collector.bodies))
        .contains("qilin.desk.run", "analyst market", "qilin.desk.select", "io.qilin");
  }

  @Test
  void whenTheCollectorIsDownAtFirst_thenRunsGoOnAndLaterSpansArrive() {
    int port = collector.port();
    collector.close();
    runs();
    flush();
    collector = new Collector(port);
    runs();
    flush();
    assertThat(String.join("", collector.bodies)).contains("qilin.desk.run");
  }

  @Test
  void whenTheCollectorDiesOrAnswersNonsense_thenRunsGoOn() {
    collector.status.set(500);
    runs();
    flush();
    assertThat(collector.bodies).isNotEmpty();
    collector.close();
    runs();
    flush();
    runs();
  }

  @Test
  void whenTheCollectorHangs_thenARunDoesNotWaitForIt() throws InterruptedException {
    collector.gate = new CountDownLatch(1);
    runs();
    collector.asked.await();
    runs();
    assertThat(collector.bodies).isEmpty();
  }
}
