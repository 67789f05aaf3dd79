package io.qilin.mlops.tracking;

import io.qilin.api.model.Run;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.RunStatus;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.TestStore;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/**
 * The process that scenario F3 kills: four threads begin runs, log to them, leave files and end them, without end, and print what
 * was acknowledged. As the planted fault they print a step before it is logged.
 */
final class TrackerChild {
  private static final int THREADS = 4;
  private static final int STEPS = 5;

  private TrackerChild() {}

  /** Arguments: the place of the database, the folder of the artifacts, and {@code early} for the planted fault. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    Clock clock = Clock.systemUTC();
    Database database = TestStore.at(arguments[0]);
    ArtifactStore artifacts = ArtifactStore.open(Path.of(arguments[1]), clock);
    EmbeddedTracker tracker = EmbeddedTracker.open(database, artifacts, clock, new SecureRandom());
    String experiment = tracker.experiment("killed").id();
    boolean early = arguments.length > 2;
    for (int i = 0; i < THREADS; i++) {
      new Thread(() -> work(tracker, experiment, out, early)).start();
    }
  }

  private static void work(
      EmbeddedTracker tracker, String experiment, PrintStream out, boolean early) {
    for (; ; ) {
      Run run = tracker.startRun(RunStart.in(experiment).owner("child").build());
      if (early) {
        // Logged in no run, so that it is missing whenever the kill comes.
        out.println("ack step " + run.id() + " " + (STEPS + 1));
      }
      out.println("ack started " + run.id());
      for (int step = 1; step <= STEPS; step++) {
        tracker.log(
            run.id(),
            RunBatch.builder()
                .param("p" + step, "value " + step)
                .metric("m", step, step, Instant.EPOCH)
                .build());
        out.println("ack step " + run.id() + " " + step);
      }
      byte[] content = run.id().getBytes(StandardCharsets.US_ASCII);
      tracker.logArtifact(run.id(), "model.txt", content);
      out.println("ack file " + run.id());
      tracker.endRun(run.id(), RunStatus.FINISHED, Instant.EPOCH);
      out.println("ack ended " + run.id());
    }
  }
}
