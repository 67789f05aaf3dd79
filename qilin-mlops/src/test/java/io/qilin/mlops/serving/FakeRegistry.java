package io.qilin.mlops.serving;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelEvent;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelRegistry;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.RegistryCapability;
import io.qilin.api.model.StageMove;
import io.qilin.api.model.StageReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A registry in memory that says what a test wants to be in production. */
final class FakeRegistry implements ModelRegistry {
  static final ModelSignature SIGNATURE =
      new ModelSignature(List.of("a", "b"), ModelSignature.Missing.NO_SCORE);

  private final List<Consumer<? super ModelEvent>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable ModelVersion production;
  private volatile @Nullable ModelVersion previous;
  volatile @Nullable RuntimeException failure;

  static ModelVersion version(int number, ModelSignature signature) {
    ModelDraft draft =
        ModelDraft.builder("m", "fake", signature).file("f", "0".repeat(64)).build();
    return new ModelVersion(
        new ModelId("m", number),
        draft,
        ModelStage.PRODUCTION,
        Set.of(),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  /** Puts a version into production; the one there becomes the previous one. */
  void promote(int number) {
    promote(version(number, SIGNATURE));
  }

  void promote(ModelVersion version) {
    previous = production;
    production = version;
    tell(version.id());
  }

  void set(int present, int before) {
    production = present == 0 ? null : version(present, SIGNATURE);
    previous = before == 0 ? null : version(before, SIGNATURE);
    tell(new ModelId("m", Math.max(1, present)));
  }

  private void tell(ModelId id) {
    for (Consumer<? super ModelEvent> listener : listeners) {
      listener.accept(new ModelEvent(ModelEvent.Kind.MOVED, id, "PRODUCTION", Instant.EPOCH));
    }
  }

  int listeners() {
    return listeners.size();
  }

  @Override
  public Optional<ModelVersion> production(String name) {
    RuntimeException toThrow = failure;
    if (toThrow != null) {
      throw toThrow;
    }
    return Optional.ofNullable(production);
  }

  @Override
  public Optional<ModelVersion> previous(String name) {
    return Optional.ofNullable(previous);
  }

  @Override
  public Registration listen(Consumer<? super ModelEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Set<RegistryCapability> capabilities() {
    return Set.of();
  }

  private static QilinException unsupported() {
    return new QilinException(ErrorCode.UNSUPPORTED, "a fake");
  }

  @Override
  public ModelVersion register(ModelDraft draft) {
    throw unsupported();
  }

  @Override
  public List<String> names() {
    throw unsupported();
  }

  @Override
  public List<ModelVersion> versions(String name, int limit) {
    throw unsupported();
  }

  @Override
  public Optional<ModelVersion> version(ModelId id) {
    throw unsupported();
  }

  @Override
  public Optional<ModelVersion> alias(String name, String alias) {
    throw unsupported();
  }

  @Override
  public byte[] file(ModelId id, String file) {
    throw unsupported();
  }

  @Override
  public ModelVersion move(ModelId id, ModelStage to, StageReason reason) {
    throw unsupported();
  }

  @Override
  public ModelVersion promote(ModelId id, int instead, StageReason reason) {
    throw unsupported();
  }

  @Override
  public ModelVersion rollback(String name, StageReason reason) {
    throw unsupported();
  }

  @Override
  public void setAlias(ModelId id, String alias) {
    throw unsupported();
  }

  @Override
  public void removeAlias(String name, String alias) {
    throw unsupported();
  }

  @Override
  public void delete(ModelId id) {
    throw unsupported();
  }

  @Override
  public List<StageMove> history(String name, int limit) {
    throw unsupported();
  }
}
