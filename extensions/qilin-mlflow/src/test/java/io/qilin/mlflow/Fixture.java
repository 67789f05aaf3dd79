package io.qilin.mlflow;

import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.tracking.EmbeddedTracker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;

/** A double of a server and a client of it whose pauses take no time. */
final class Fixture implements AutoCloseable {
  final MlflowDouble mlflow;
  /** One for all tests of a JVM. */
  static final HttpClient HTTP = HttpClient.newBuilder()
      .executor(Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "test-http");
        thread.setDaemon(true);
        return thread;
      }))
      .connectTimeout(Duration.ofSeconds(5))
      .build();

  final MlflowServer server;
  final MlflowTracker tracker;
  private final Random seeds = new Random(7);

  Fixture() {
    try {
      mlflow = MlflowDouble.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = server(mlflow.uri()).build();
    tracker = MlflowTracker.of(server);
  }

  MlflowServer.Builder server(URI uri) {
    return MlflowServer.builder(
            uri, HTTP, Clock.systemUTC(), System::nanoTime, new Random(seeds.nextLong()))
        .callTime(Duration.ofMinutes(1))
        .attemptTime(Duration.ofSeconds(20))
        .pause(nanos -> {});
  }

  static EmbeddedTracker embedded(Database database, ArtifactStore artifacts) {
    return EmbeddedTracker.open(database, artifacts, Clock.systemUTC(), new Random(5));
  }

  static ArtifactStore artifacts(Path folder) {
    return ArtifactStore.open(folder, Clock.systemUTC());
  }

  static String stored(ArtifactStore artifacts, byte[] content) {
    try (ArtifactHold hold = artifacts.put(content)) {
      return hold.artifact().sha256();
    }
  }

  @Override
  public void close() {
    mlflow.close();
  }
}
