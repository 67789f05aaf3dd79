package io.qilin.mlops.abtest;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A registry that knows which version of one name is in production, and nothing else. */
final class OneModel implements ModelRegistry {
  private final String name;
  private int production;
  final List<StageReason> reasons = new ArrayList<>();

  OneModel(String name, int production) {
    this.name = name;
    this.production = production;
  }

  private ModelVersion version(int number) {
    ModelDraft draft = ModelDraft.builder(
            name, "linear", new ModelSignature(List.of("x"), ModelSignature.Missing.NO_SCORE))
        .file("model.json", "0".repeat(64))
        .build();
    return new ModelVersion(
        new ModelId(name, number),
        draft,
        ModelStage.PRODUCTION,
        Set.of(),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @Override
  public Optional<ModelVersion> production(String of) {
    return of.equals(name) && production > 0 ? Optional.of(version(production)) : Optional.empty();
  }

  @Override
  public ModelVersion promote(ModelId id, int instead, StageReason reason) {
    if (production != instead) {
      throw new QilinException(ErrorCode.CONFLICT, "version " + production + " is in production");
    }
    reasons.add(reason);
    production = id.version();
    return version(production);
  }

  @Override
  public Set<RegistryCapability> capabilities() {
    return Set.of();
  }

  @Override
  public ModelVersion register(ModelDraft draft) {
    throw unused();
  }

  @Override
  public List<String> names() {
    throw unused();
  }

  @Override
  public List<ModelVersion> versions(String of, int limit) {
    throw unused();
  }

  @Override
  public Optional<ModelVersion> version(ModelId id) {
    throw unused();
  }

  @Override
  public Optional<ModelVersion> previous(String of) {
    throw unused();
  }

  @Override
  public Optional<ModelVersion> alias(String of, String alias) {
    throw unused();
  }

  @Override
  public byte[] file(ModelId id, String file) {
    throw unused();
  }

  @Override
  public ModelVersion move(ModelId id, ModelStage to, StageReason reason) {
    throw unused();
  }

  @Override
  public ModelVersion rollback(String of, StageReason reason) {
    throw unused();
  }

  @Override
  public void setAlias(ModelId id, String alias) {
    throw unused();
  }

  @Override
  public void removeAlias(String of, String alias) {
    throw unused();
  }

  @Override
  public void delete(ModelId id) {
    throw unused();
  }

  @Override
  public List<StageMove> history(String of, int limit) {
    throw unused();
  }

  @Override
  public Registration listen(Consumer<? super ModelEvent> listener) {
    throw unused();
  }

  private static QilinException unused() {
    return new QilinException(ErrorCode.UNSUPPORTED, "no test asks for this");
  }
}
