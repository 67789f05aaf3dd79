package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Experiment;
import io.qilin.api.model.ExperimentTracker;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelLineage;
import io.qilin.api.model.ModelRegistry;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.RegistryCapability;
import io.qilin.api.model.Run;
import io.qilin.api.model.StageReason;
import io.qilin.api.progress.Cancellation;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.artifact.ArtifactStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One copy of models. */
final class ModelCopy {
  private static final int MOST_VERSIONS = 10_000;
  private static final int MOST_EXPERIMENTS = 100;

  private final String label;
  private final Cancellation cancellation;
  private final ModelRegistry source;
  private final ModelRegistry target;
  private final ExperimentTracker runs;
  private final ArtifactStore store;
  private final CopyTally tally;
  private final List<String> experiments;

  ModelCopy(
      String label,
      Cancellation cancellation,
      ModelRegistry source,
      ModelRegistry target,
      ExperimentTracker runs,
      ArtifactStore store,
      CopyTally tally) {
    this.label = label;
    this.cancellation = cancellation;
    this.source = source;
    this.target = target;
    this.runs = runs;
    this.store = store;
    this.tally = tally;
    this.experiments = Pages.experiments(runs).stream().map(Experiment::id).toList();
  }

  void run() {
    for (String name : source.names()) {
      Map<Integer, ModelId> copies = versions(name);
      stages(name, copies);
      if (source.capabilities().contains(RegistryCapability.HISTORY)
          && !target.capabilities().contains(RegistryCapability.HISTORY)) {
        tally.left("the history of moves of " + name + ", which stays in the source");
      }
    }
  }

  /** Registers what is missing; gives the target's ids by the source's numbers. */
  private Map<Integer, ModelId> versions(String name) {
    Map<String, ModelId> there = new HashMap<>();
    for (ModelVersion version : target.versions(name, MOST_VERSIONS)) {
      there.put(version.draft().tags().getOrDefault(MlflowCopy.ORIGIN, ""), version.id());
    }
    List<ModelVersion> oldestFirst = new ArrayList<>(source.versions(name, MOST_VERSIONS));
    Collections.reverse(oldestFirst);
    Map<Integer, ModelId> copies = new HashMap<>();
    for (ModelVersion version : oldestFirst) {
      ModelId known = there.get(origin(version.id()));
      ModelId copy = known == null ? register(version) : known;
      copies.put(version.id().version(), copy);
      if (copy.version() != version.id().version()) {
        tally.left("the number of " + version.id() + ", which is " + copy + " in the target");
      }
    }
    return copies;
  }

  private String origin(ModelId id) {
    return label + ":" + id;
  }

  private ModelId register(ModelVersion version) {
    cancellation.check();
    ModelDraft from = version.draft();
    ModelDraft.Builder draft = ModelDraft.builder(from.name(), from.kind(), from.signature())
        .description(from.description())
        .lineage(lineage(version))
        .tag(MlflowCopy.ORIGIN, origin(version.id()));
    from.metrics().forEach(draft::metric);
    from.tags().forEach((key, value) -> {
      if (!key.equals(MlflowCopy.ORIGIN)) {
        draft.tag(key, value);
      }
    });
    List<ArtifactHold> holds = new ArrayList<>();
    try {
      from.files().forEach((file, digest) -> {
        cancellation.check();
        holds.add(store.put(source.file(version.id(), file)));
        draft.file(file, digest);
      });
      ModelId copy = target.register(draft.build()).id();
      tally.versions++;
      verify(version, copy);
      return copy;
    } finally {
      holds.forEach(ArtifactHold::close);
    }
  }

  /** With the run of the target that was copied from the one that made it. */
  private ModelLineage lineage(ModelVersion version) {
    ModelLineage from = version.draft().lineage();
    String run = from.runId();
    for (int at = 0; at < experiments.size() && !run.isEmpty(); at += MOST_EXPERIMENTS) {
      List<String> some =
          experiments.subList(at, Math.min(experiments.size(), at + MOST_EXPERIMENTS));
      Optional<Run> copied = Pages.tagged(runs, some, MlflowCopy.ORIGIN, label + ":" + run);
      if (copied.isPresent()) {
        return new ModelLineage(
            from.dataHash(),
            from.featureHash(),
            from.codeVersion(),
            copied.get().id(),
            from.window());
      }
    }
    if (!run.isEmpty()) {
      tally.left("the run " + QilinException.quote(run) + " of " + version.id()
          + ", which was not copied; its id stays");
    }
    return from;
  }

  private void verify(ModelVersion version, ModelId copy) {
    version.draft().files().forEach((file, digest) -> {
      if (!Digests.of(target.file(copy, file)).equals(digest)) {
        throw new QilinException(
            ErrorCode.STORE_DAMAGED,
            "the file " + file + " of " + version.id() + " reads back otherwise as " + copy);
      }
    });
  }

  private void stages(String name, Map<Integer, ModelId> copies) {
    StageReason reason = StageReason.of("copied from " + label);
    Optional<ModelVersion> production = source.production(name);
    Optional<ModelId> wanted = production.map(version -> copies.get(version.id().version()));
    Optional<ModelId> now = target.production(name).map(ModelVersion::id);
    Optional<ModelId> previous =
        source.previous(name).map(version -> copies.get(version.id().version()));
    boolean free = now.isEmpty() || copies.containsValue(now.get());
    if (!free) {
      tally.left("what is in production of " + name + ", which stays " + now.get()
          + ", registered in the target");
    } else if (!now.equals(wanted)) {
      cancellation.check();
      // A rollback in the target then goes where one in the source would.
      previous.ifPresent(id -> target.move(id, ModelStage.PRODUCTION, reason));
      wanted.ifPresent(id -> target.move(id, ModelStage.PRODUCTION, reason));
    }
    for (ModelVersion version : source.versions(name, MOST_VERSIONS)) {
      ModelId copy = copies.get(version.id().version());
      if (copy == null) {
        continue;
      }
      ModelVersion there = target.version(copy).orElse(version);
      boolean moves = there.stage() != version.stage();
      if (moves && (free || version.stage() != ModelStage.PRODUCTION)) {
        cancellation.check();
        target.move(copy, version.stage(), reason);
      }
      for (String alias : version.aliases()) {
        if (!there.aliases().contains(alias)) {
          alias(copy, alias, copies);
        }
      }
    }
  }

  private void alias(ModelId copy, String alias, Map<Integer, ModelId> copies) {
    cancellation.check();
    Optional<ModelId> now = target.alias(copy.name(), alias).map(ModelVersion::id);
    if (now.isPresent() && !copies.containsValue(now.get())) {
      tally.left("the alias " + QilinException.quote(alias) + " of " + copy + ", which stays at "
          + now.get() + ", registered in the target");
      return;
    }
    try {
      target.setAlias(copy, alias);
    } catch (QilinException e) {
      if (e.code() != ErrorCode.INVALID_ARGUMENT) {
        throw e;
      }
      tally.left("the alias " + QilinException.quote(alias) + " of " + copy
          + ", which MLflow does not take");
    }
  }
}
