package io.qilin.mlops.registry;

import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelLineage;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.TrainingWindow;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A registry in a folder of its own, with clocks that a test moves. */
public final class RegistryFixture implements AutoCloseable {
  public static final String NAME = "m";
  public static final ModelSignature SIGNATURE =
      new ModelSignature(List.of("a", "b"), ModelSignature.Missing.NO_SCORE);
  public static final TrainingWindow WINDOW = new TrainingWindow(
      LocalDate.of(2019, 1, 2), LocalDate.of(2020, 12, 31), LocalDate.of(2021, 1, 5));

  public final SettableClock clock = SettableClock.at("2024-01-02T15:00:00+08:00");
  public final AtomicLong nanos = new AtomicLong();
  public final TestStore store;
  public final ArtifactStore artifacts;
  public final EmbeddedRegistry registry;

  public RegistryFixture(StoreKind kind, Path folder) {
    store = kind.open(folder);
    artifacts = ArtifactStore.open(folder.resolve("artifacts"), clock);
    registry = over(store.database());
  }

  /** A registry as another process would have it. */
  public EmbeddedRegistry another() {
    return over(store.another());
  }

  private EmbeddedRegistry over(Database database) {
    return EmbeddedRegistry.builder(database, artifacts, clock, nanos::get)
        .freshness(Duration.ofMillis(100))
        .open();
  }

  /** A registry of a child process, over the machine's clocks. */
  static EmbeddedRegistry inChild(Database database, Path artifacts) {
    return EmbeddedRegistry.builder(
            database,
            ArtifactStore.open(artifacts, Clock.systemUTC()),
            Clock.systemUTC(),
            System::nanoTime)
        .open();
  }

  public String put(String content) {
    return put(artifacts, content);
  }

  static String put(ArtifactStore artifacts, String content) {
    try (ArtifactHold hold = artifacts.put(content.getBytes(StandardCharsets.UTF_8))) {
      return hold.artifact().sha256();
    }
  }

  public ModelDraft draft(String content) {
    return draft(put(content), SIGNATURE);
  }

  static ModelDraft draft(String digest, ModelSignature signature) {
    return ModelDraft.builder(NAME, "test", signature)
        .file("model.txt", digest)
        .lineage(new ModelLineage("d", "f", "c", "r", Optional.of(WINDOW)))
        .build();
  }

  /** Registers a version whose file says so. */
  public ModelId registered(String content) {
    return registry.register(draft(content)).id();
  }

  @Override
  public void close() {
    store.close();
  }
}
