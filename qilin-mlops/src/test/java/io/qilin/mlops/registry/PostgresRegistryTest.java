package io.qilin.mlops.registry;

import io.qilin.api.model.ModelRegistry;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.store.StoreKind;
import io.qilin.testkit.ModelRegistryTck;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The embedded registry keeps the contract of a registry, on PostgreSQL. */
class PostgresRegistryTest extends ModelRegistryTck {
  @TempDir
  Path folder;

  private RegistryFixture fixture;

  @BeforeEach
  void open() {
    fixture = new RegistryFixture(StoreKind.POSTGRES, folder);
  }

  @AfterEach
  void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Override
  protected ModelRegistry registry() {
    return fixture.registry;
  }

  @Override
  protected String stored(byte[] content) {
    try (ArtifactHold hold = fixture.artifacts.put(content)) {
      return hold.artifact().sha256();
    }
  }
}
