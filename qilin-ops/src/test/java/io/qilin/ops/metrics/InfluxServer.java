package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.ops.LowPort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** An InfluxDB 1.x, the Debian package's, in a folder of the test, on free loopback ports. Stopped by its handle. */
final class InfluxServer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/influxd");

  private final Path folder;
  private final int port;
  private final int backup;
  private final HttpClient client;
  private Process process;

  InfluxServer(Path folder, HttpClient client) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM),
        "skipped: no " + PROGRAM + "; install the Debian package influxdb");
    this.folder = folder;
    this.port = LowPort.free();
    this.backup = LowPort.free();
    this.client = client;
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  void start() throws IOException, InterruptedException {
    Path settings = folder.resolve("influxdb.conf");
    Files.writeString(settings, """
        reporting-disabled = true
        bind-address = "127.0.0.1:%d"
        [meta]
          dir = "%s"
        [data]
          dir = "%s"
          wal-dir = "%s"
          query-log-enabled = false
        [http]
          bind-address = "127.0.0.1:%d"
          log-enabled = false
        [monitor]
          store-enabled = false
        """.formatted(
            backup, folder.resolve("meta"), folder.resolve("data"), folder.resolve("wal"), port));
    process = new ProcessBuilder(PROGRAM.toString(), "-config", settings.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile())
        .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!answers()) {
      assertThat(process.isAlive() && System.nanoTime() < end)
          .as("influxd said: %s", Files.readString(folder.resolve("said")))
          .isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create(address() + "/ping")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 204;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Answers of InfluxQL, as JSON. */
  String query(String db, String statement) throws IOException, InterruptedException {
    URI uri =
        URI.create(address() + "/query?epoch=ns&db=" + encoded(db) + "&q=" + encoded(statement));
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** As when the power goes: at once, so that it takes no time. */
  void stop() {
    if (process != null) {
      try {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    stop();
  }
}
