package io.qilin.examples;

import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelRegistry;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.Predictor;
import io.qilin.api.model.StageReason;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.registry.EmbeddedRegistry;
import io.qilin.mlops.serving.ServingPredictor;
import io.qilin.mlops.store.Database;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;

/** Registers two versions of a model, serves the one in production, promotes the other and takes it back. */
public final class ServeModel {
  private static final ModelSignature SIGNATURE =
      new ModelSignature(List.of("momentum"), ModelSignature.Missing.NO_SCORE);

  private ServeModel() {}

  /**
   * Runs in a folder that is there.
   *
   * @param args the folder
   */
  public static void main(String[] args) {
    run(System.out, Path.of(args[0]), Clock.systemUTC(), Runnable::run);
  }

  /** Does it all, and prints who scored. */
  static void run(PrintStream out, Path folder, Clock clock, Executor executor) {
    try (Database database = Database.sqlite(folder.resolve("models.db"))) {
      ArtifactStore artifacts = ArtifactStore.open(folder.resolve("artifacts"), clock);
      ModelRegistry registry =
          EmbeddedRegistry.builder(database, artifacts, clock, System::nanoTime).open();
      ModelId first = register(registry, artifacts, "0.5");
      ModelId second = register(registry, artifacts, "0.75");
      registry.move(first, ModelStage.PRODUCTION, StageReason.of("the first one"));
      try (ServingPredictor serving = ServingPredictor.builder(
              registry, "momentum", version -> opened(registry, version), clock, System::nanoTime)
          .refreshOn(executor)
          .open()) {
        double[] scores = new double[1];
        out.println(serving.score(new double[] {2}, 1, scores).id() + " says " + scores[0]);
        registry.promote(second, 1, StageReason.of("better on 2024"));
        out.println(serving.score(new double[] {2}, 1, scores).id() + " says " + scores[0]);
        registry.rollback("momentum", StageReason.of("it lost money"));
        out.println(serving.score(new double[] {2}, 1, scores).id() + " says " + scores[0]);
      }
      registry
          .history("momentum", 2)
          .forEach(move -> out.println(move.id() + " " + move.from() + " -> " + move.to() + ": "
              + move.reason().text()));
    }
  }

  private static ModelId register(ModelRegistry registry, ArtifactStore artifacts, String weight) {
    try (ArtifactHold file = artifacts.put(weight.getBytes(StandardCharsets.UTF_8))) {
      return registry
          .register(ModelDraft.builder("momentum", "weight", SIGNATURE)
              .file("weight.txt", file.artifact().sha256())
              .build())
          .id();
    }
  }

  private static Predictor opened(ModelRegistry registry, ModelVersion version) {
    byte[] weight = registry.file(version.id(), "weight.txt");
    return new Weight(Double.parseDouble(new String(weight, StandardCharsets.UTF_8)));
  }

  /** The smallest model there is. */
  private record Weight(double value) implements Predictor {
    @Override
    public ModelSignature signature() {
      return SIGNATURE;
    }

    @Override
    public void predict(double[] rows, int count, double[] scores) {
      for (int row = 0; row < count; row++) {
        scores[row] = value * rows[row];
      }
    }

    @Override
    public void close() {}
  }
}
