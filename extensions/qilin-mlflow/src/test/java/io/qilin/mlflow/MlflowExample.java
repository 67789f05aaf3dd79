package io.qilin.mlflow;

import io.qilin.api.model.ExperimentTracker;
import io.qilin.api.model.ModelRegistry;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunOrder;
import io.qilin.api.model.RunQuery;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.RunStatus;
import io.qilin.api.progress.Cancellation;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.registry.EmbeddedRegistry;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.tracking.EmbeddedTracker;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The programs that the README shows. */
final class MlflowExample {
  private MlflowExample() {}

  static MlflowServer connect(URI uri, Executor executor) {
    HttpClient http = HttpClient.newBuilder()
        .executor(executor)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
    return MlflowServer.builder(uri, http, Clock.systemUTC(), System::nanoTime, new SecureRandom())
        .build();
  }

  static List<Run> train(ExperimentTracker tracker, Clock clock) {
    String experiment = tracker.experiment("alpha158").id();
    Run run = tracker.startRun(RunStart.in(experiment).owner("host-1/4711").build());
    tracker.log(
        run.id(),
        RunBatch.builder()
            .param("leaves", "210")
            .metric("ic", 0.047, 1, clock.instant())
            .build());
    tracker.logArtifact(run.id(), "notes.txt", "fine".getBytes(StandardCharsets.UTF_8));
    tracker.endRun(run.id(), RunStatus.FINISHED, clock.instant());
    return tracker
        .search(RunQuery.in(experiment).order(RunOrder.greatest("ic")).size(5).build())
        .items();
  }

  static List<Run> before(Database database, ArtifactStore artifacts, Clock clock) {
    ExperimentTracker tracker =
        EmbeddedTracker.open(database, artifacts, clock, new SecureRandom());
    return train(tracker, clock);
  }

  static List<Run> after(MlflowServer server, Clock clock) {
    ExperimentTracker tracker = MlflowTracker.of(server);
    return train(tracker, clock);
  }

  static List<String> copy(
      Database database, ArtifactStore artifacts, MlflowServer server, Clock clock) {
    ExperimentTracker oldRuns =
        EmbeddedTracker.open(database, artifacts, clock, new SecureRandom());
    ModelRegistry oldModels =
        EmbeddedRegistry.builder(database, artifacts, clock, System::nanoTime).open();
    ExperimentTracker newRuns = MlflowTracker.of(server);
    ModelRegistry newModels = MlflowRegistry.builder(server, artifacts).open();

    MlflowCopy copy = MlflowCopy.from("desk-1", new Cancellation());
    List<String> left = new ArrayList<>();
    left.addAll(copy.experiments(oldRuns, newRuns).left());
    left.addAll(copy.models(oldModels, newModels, newRuns, artifacts).left());
    return left;
  }
}
