package io.qilin.mlflow;

import io.qilin.api.model.ModelRegistry;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.testkit.ModelRegistryTck;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** MLflow keeps the contract of a registry, as far as it promises to. */
class MlflowRegistryContractTest extends ModelRegistryTck {
  @TempDir
  Path folder;

  private Fixture fixture;
  private ArtifactStore artifacts;
  private ModelRegistry registry;

  @BeforeEach
  void open() {
    fixture = new Fixture();
    artifacts = Fixture.artifacts(folder);
    registry = MlflowRegistry.builder(fixture.server, artifacts).open();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Override
  protected ModelRegistry registry() {
    return registry;
  }

  @Override
  protected String stored(byte[] content) {
    return Fixture.stored(artifacts, content);
  }
}
