package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelAlias;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelEvent;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelRegistry;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.RegistryCapability;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.RunStatus;
import io.qilin.api.model.StageMove;
import io.qilin.api.model.StageReason;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.artifact.ArtifactStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Keeps versions of models in the registry of an MLflow server. A version is a model version of MLflow; its files are those of a run
 * of its own in the experiment {@code qilin-models}, under {@code model/}.
 *
 * <p>Production is the alias {@code production}: MLflow moves it in one step, so that at most one version has it, whoever moves it.
 * The other stages are a tag {@code qilin.stage}; MLflow's own stages, which it gives up, are not used. What MLflow cannot do is not
 * promised: it compares and swaps nothing, so that another process can come between the look and the step of {@link #promote} (no
 * {@link RegistryCapability#ATOMIC_SWAP}), and it keeps no moves (no {@link RegistryCapability#HISTORY}); the reason of the last move
 * stands in the tag {@code qilin.reason}. {@link #rollback} goes back along a line of versions that is a tag of the model.
 *
 * <p>Aliases have no dot, as MLflow takes none, and are not {@code production}. Versions that other programs registered are not
 * seen, but they have numbers; when one of them has the alias {@code production}, {@link #production} throws MODEL_INVALID.
 *
 * <p>{@link #production} answers from memory: it sees what this object changed at once, and what another changed within {@link
 * Builder#freshness}, one second unless set. When the server cannot be asked by then, it throws.
 *
 * <p>Errors are those of {@link MlflowTracker}. Safe to share between threads. It owns nothing that is to be closed.
 */
public final class MlflowRegistry implements ModelRegistry {
  /** Has a run with the files of each version. */
  static final String EXPERIMENT = "qilin-models";

  private static final String REASON = "qilin.reason";
  private static final int MOST_REASON = 4_000;
  private static final int MOST_VERSIONS = 10_000;
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_-]+");
  private static final int ANY = -1;

  private final MlflowServer server;
  private final ArtifactStore store;
  private final MlflowTracker tracker;
  private final Models models;
  private final VersionReader reader;
  private final FreshAnswers answers;
  private final Listeners listeners = new Listeners();
  /** Those who change something wait for each other, as they look before they write. */
  private final ReentrantLock writing = new ReentrantLock();
  /** What listeners are told when the change is over. Guarded by the lock. */
  private final List<ModelEvent> happened = new ArrayList<>();

  private MlflowRegistry(Builder builder) {
    server = builder.server;
    store = builder.store;
    tracker = MlflowTracker.of(server);
    models = new Models(server);
    reader = new VersionReader(server);
    answers = new FreshAnswers(this::readProduction, server.nanos(), builder.freshness.toNanos());
  }

  /**
   * A registry in a server.
   *
   * @param store where the files of a draft are before it is registered; they are sent to the server then
   */
  public static Builder builder(MlflowServer server, ArtifactStore store) {
    return new Builder(server, store);
  }

  /** Settings of a registry. Not thread-safe. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final MlflowServer server;
    private final ArtifactStore store;
    private Duration freshness = Duration.ofSeconds(1);

    private Builder(MlflowServer server, ArtifactStore store) {
      this.server = Objects.requireNonNull(server, "server");
      this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * How old an answer of {@link MlflowRegistry#production} can be; one second unless set.
     *
     * @param longest 0 to ask the server each time, at most one hour
     * @throws QilinException INVALID_ARGUMENT for another length
     */
    public Builder freshness(Duration longest) {
      if (longest.isNegative() || longest.compareTo(LONGEST) > 0) {
        throw QilinException.invalid("answers can be 0 seconds to one hour old, not " + longest);
      }
      freshness = longest;
      return this;
    }

    /** The registry. The server is not asked anything yet. */
    public MlflowRegistry open() {
      return new MlflowRegistry(this);
    }
  }

  /** None: see the class. */
  @Override
  public Set<RegistryCapability> capabilities() {
    return Set.of();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The files are sent first, then the version is made. When this throws, a run without a version may be left, which nothing
   * refers to.
   */
  @Override
  public ModelVersion register(ModelDraft draft) {
    byte[] document = DraftJson.write(draft);
    List<ArtifactHold> holds = new ArrayList<>();
    try {
      for (String digest : Set.copyOf(draft.files().values())) {
        holds.add(store.hold(digest));
        store.file(digest);
      }
      String experiment = tracker.experiment(EXPERIMENT).id();
      Run run = tracker.startRun(RunStart.in(experiment).name(draft.name()).build());
      draft
          .files()
          .forEach((file, digest) ->
              tracker.logArtifact(run.id(), VersionReader.FOLDER + "/" + file, store.file(digest)));
      tracker.logArtifact(run.id(), VersionReader.DRAFT_FILE, document);
      tracker.endRun(
          run.id(), RunStatus.FINISHED, later(run.started(), server.clock().instant()));
      return changing(draft.name(), () -> create(draft, run.id(), Digests.of(document)));
    } finally {
      holds.forEach(ArtifactHold::close);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private ModelVersion create(ModelDraft draft, String run, String digest) {
    models.require(draft.name());
    JsonNode made = models.create(
        draft.name(),
        tracker.artifactUri(run) + "/" + VersionReader.FOLDER,
        run,
        draft.description(),
        draft.tags(),
        Map.of(VersionReader.DRAFT_TAG, digest, "qilin.kind", draft.kind()));
    ModelVersion version = reader.read(requireModel(draft.name()), made);
    tell(ModelEvent.Kind.REGISTERED, version.id(), "", version.registered());
    return version;
  }

  @Override
  public List<String> names() {
    return models.models().stream()
        .filter(ModelDocument::isQilins)
        .map(ModelDocument::name)
        .sorted()
        .toList();
  }

  @Override
  public List<ModelVersion> versions(String name, int limit) {
    ModelId.requireName(name);
    if (limit < 1 || limit > MOST_VERSIONS) {
      throw QilinException.invalid("a list has 1 to " + MOST_VERSIONS + " versions, not " + limit);
    }
    Optional<ModelDocument> model = models.model(name);
    if (model.isEmpty()) {
      return List.of();
    }
    return models.versions(name).stream()
        .filter(VersionReader::isQilins)
        .sorted(Comparator.comparingInt(VersionReader::number).reversed())
        .limit(limit)
        .map(version -> reader.read(model.get(), version))
        .toList();
  }

  @Override
  public Optional<ModelVersion> version(ModelId id) {
    Optional<ModelDocument> model = models.model(id.name());
    if (model.isEmpty()) {
      return Optional.empty();
    }
    return raw(id).map(version -> reader.read(model.get(), version));
  }

  private Optional<JsonNode> raw(ModelId id) {
    return models.version(id).filter(VersionReader::isQilins);
  }

  @Override
  public Optional<ModelVersion> production(String name) {
    return answers.get(ModelId.requireName(name));
  }

  private Optional<ModelVersion> readProduction(String name) {
    Optional<ModelDocument> model = models.model(name);
    if (model.isEmpty() || model.get().production() == 0) {
      return Optional.empty();
    }
    ModelId id = new ModelId(name, model.get().production());
    Optional<JsonNode> version = models.version(id);
    if (version.isPresent() && !VersionReader.isQilins(version.get())) {
      throw new QilinException(
          ErrorCode.MODEL_INVALID,
          "another program registered " + id + " and gave it the alias " + ModelDocument.PRODUCTION
              + "; register the model with Qilin, or let the alias point to such a version");
    }
    return version.map(found -> reader.read(model.get(), found));
  }

  @Override
  public Optional<ModelVersion> previous(String name) {
    ModelId.requireName(name);
    return models.model(name).flatMap(model -> {
      int place = previous(model);
      return place < 0
          ? Optional.empty()
          : raw(new ModelId(name, model.line().get(place)))
              .map(version -> reader.read(model, version));
    });
  }

  /** The last place of the line that is another version than the one in production, and is there; −1 if there is none. */
  private int previous(ModelDocument model) {
    List<Integer> line = model.line();
    for (int place = line.size() - 1; place >= 0; place--) {
      int number = line.get(place);
      if (number > 0
          && number != model.production()
          && raw(new ModelId(model.name(), number)).isPresent()) {
        return place;
      }
    }
    return -1;
  }

  @Override
  public Optional<ModelVersion> alias(String name, String alias) {
    ModelId.requireName(name);
    Optional<ModelDocument> model = models.model(name);
    if (model.isEmpty() || !isAlias(alias) || !model.get().aliases().containsKey(alias)) {
      return Optional.empty();
    }
    ModelId id = new ModelId(name, model.get().aliases().get(alias));
    return raw(id).map(version -> reader.read(model.get(), version));
  }

  private static boolean isAlias(String alias) {
    return ModelAlias.matches(alias)
        && ALIAS.matcher(alias).matches()
        && !alias.equals(ModelDocument.PRODUCTION);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Up to the limit in memory of the {@link MlflowServer}.
   */
  @Override
  public byte[] file(ModelId id, String file) {
    Objects.requireNonNull(file, "file");
    JsonNode raw = raw(id).orElseThrow(() -> unknown(id));
    ModelVersion version = reader.read(requireModel(id.name()), raw);
    String digest = version.draft().files().get(file);
    if (digest == null) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the registry has no file " + QilinException.quote(file) + " of " + id);
    }
    return reader.file(id, raw, file, digest);
  }

  @Override
  public ModelVersion move(ModelId id, ModelStage to, StageReason reason) {
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(reason, "reason");
    return changing(id.name(), () -> moved(id, to, ANY, reason));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Threads that share this object wait for each other; another process can come between the look and the step.
   */
  @Override
  public ModelVersion promote(ModelId id, int instead, StageReason reason) {
    Objects.requireNonNull(reason, "reason");
    if (instead < 0) {
      throw QilinException.invalid(
          "the version in production is a number from 1, or 0 for none, not " + instead);
    }
    return changing(id.name(), () -> moved(id, ModelStage.PRODUCTION, instead, reason));
  }

  private ModelVersion moved(ModelId id, ModelStage to, int instead, StageReason reason) {
    ModelVersion now = version(id).orElseThrow(() -> unknown(id));
    ModelDocument model = requireModel(id.name());
    if (instead != ANY && model.production() != instead) {
      throw Words.conflict("the decision was about version " + instead + " of " + id.name()
          + " in production (0 for none), now it is " + model.production() + "; judge again");
    }
    if (to == ModelStage.PRODUCTION) {
      List<Integer> line = new ArrayList<>(model.line());
      if (model.production() != 0 && (line.isEmpty() || last(line) != model.production())) {
        line.add(model.production());
      }
      if (model.production() != id.version()) {
        line.add(id.version());
      }
      return enter(now, model, line, reason);
    }
    if (now.stage() == ModelStage.PRODUCTION) {
      models.removeAlias(id.name(), ModelDocument.PRODUCTION);
    }
    if (now.stage() != to) {
      mark(id, to);
    }
    reason(id, reason);
    return version(id).orElseThrow(() -> unknown(id));
  }

  private static int last(List<Integer> line) {
    return line.get(line.size() - 1);
  }

  /** Moves the alias, which is the step that counts, and then writes what stands beside it. */
  private ModelVersion enter(
      ModelVersion now, ModelDocument model, List<Integer> line, StageReason reason) {
    ModelId id = now.id();
    if (model.production() != id.version()) {
      models.setAlias(id, ModelDocument.PRODUCTION);
      if (model.production() != 0) {
        mark(new ModelId(id.name(), model.production()), ModelStage.ARCHIVED);
      }
      mark(id, ModelStage.PRODUCTION);
    }
    if (!line.equals(model.line())) {
      models.tag(id.name(), ModelDocument.LINE, ModelDocument.lineText(line));
    }
    reason(id, reason);
    return version(id).orElseThrow(() -> unknown(id));
  }

  private void mark(ModelId id, ModelStage stage) {
    Instant at = server.clock().instant();
    models.tag(id, StageMark.TAG, new StageMark(stage, at).text());
    tell(ModelEvent.Kind.MOVED, id, stage.name(), at);
  }

  private void reason(ModelId id, StageReason reason) {
    models.tag(id, REASON, Words.head(reason.text(), MOST_REASON));
  }

  @Override
  public ModelVersion rollback(String name, StageReason reason) {
    ModelId.requireName(name);
    Objects.requireNonNull(reason, "reason");
    return changing(name, () -> {
      Optional<ModelDocument> model = models.model(name);
      int place = model.map(this::previous).orElse(-1);
      if (model.isEmpty() || place < 0) {
        throw new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "there is no earlier production version of " + name + " to go back to");
      }
      List<Integer> line = model.get().line().subList(0, place + 1);
      ModelId id = new ModelId(name, line.get(place));
      // Cut first: if this stops here, the same rollback is still the next one.
      models.tag(name, ModelDocument.LINE, ModelDocument.lineText(line));
      return enter(version(id).orElseThrow(() -> unknown(id)), model.get(), line, reason);
    });
  }

  @Override
  public void setAlias(ModelId id, String alias) {
    ModelAlias.require(alias);
    if (!isAlias(alias)) {
      throw QilinException.invalid("an alias in MLflow has no dot, and " + ModelDocument.PRODUCTION
          + " is set by promote and move; was " + QilinException.quote(alias));
    }
    changing(id.name(), () -> {
      if (raw(id).isEmpty()) {
        throw unknown(id);
      }
      models.setAlias(id, alias);
      tell(ModelEvent.Kind.ALIAS_SET, id, alias, server.clock().instant());
      return id;
    });
  }

  @Override
  public void removeAlias(String name, String alias) {
    ModelId.requireName(name);
    if (!isAlias(alias)) {
      return;
    }
    changing(name, () -> {
      Optional<ModelDocument> model = models.model(name);
      if (model.isPresent() && model.get().aliases().containsKey(alias)) {
        models.removeAlias(name, alias);
        ModelId id = new ModelId(name, model.get().aliases().get(alias));
        tell(ModelEvent.Kind.ALIAS_REMOVED, id, alias, server.clock().instant());
      }
      return name;
    });
  }

  @Override
  public void delete(ModelId id) {
    changing(id.name(), () -> {
      ModelVersion version = version(id).orElseThrow(() -> unknown(id));
      if (version.stage() == ModelStage.PRODUCTION) {
        throw Words.conflict(id + " is in production; promote another version or archive it first");
      }
      if (!version.aliases().isEmpty()) {
        throw Words.conflict("aliases point to " + id + ": " + String.join(", ", version.aliases())
            + "; remove them or let them point to another version first");
      }
      models.delete(id);
      tell(ModelEvent.Kind.DELETED, id, "", server.clock().instant());
      return id;
    });
  }

  /** Refused: MLflow keeps no moves. */
  @Override
  public List<StageMove> history(String name, int limit) {
    throw new QilinException(
        ErrorCode.UNSUPPORTED,
        "MLflow keeps no history of moves; the reason of the last one is the tag " + REASON
            + " of the version, and the embedded registry has all of them");
  }

  @Override
  public Registration listen(Consumer<? super ModelEvent> listener) {
    return listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  private void tell(ModelEvent.Kind kind, ModelId id, String detail, Instant at) {
    happened.add(new ModelEvent(kind, id, detail, at));
  }

  private <T> T changing(String name, Supplier<T> work) {
    Turn.await(writing);
    try {
      return work.get();
    } finally {
      // Also after a failure: it is not known then what the server has done.
      answers.forget(name);
      List<ModelEvent> events = List.copyOf(happened);
      happened.clear();
      writing.unlock();
      listeners.tell(events);
    }
  }

  private ModelDocument requireModel(String name) {
    return models
        .model(name)
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND, "the registry has no model " + QilinException.quote(name)));
  }

  private static QilinException unknown(ModelId id) {
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND,
        "the registry has no version " + id + "; Qilin never registered it, or it was deleted");
  }

  /** Which server. */
  @Override
  public String toString() {
    return "models of " + server;
  }
}
