package io.qilin.mlops.registry;

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
import io.qilin.api.model.StageMove;
import io.qilin.api.model.StageReason;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.internal.Sql;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.Work;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The registry in process: rows in a {@link Database}, files in an {@link ArtifactStore}. Several processes may use the same
 * database and folder.
 *
 * <p>{@link #production} answers from memory. It sees what this object changed at once, and what another process changed no later
 * than {@link Builder#freshness} (one second unless set) after that was durable; when the database cannot be asked by then it
 * throws rather than give an older answer. All other reads ask the database.
 *
 * <p>To remove files that no model needs, give {@link ArtifactStore#collect} a predicate that asks {@link #refersTo} and every
 * other user of the same folder.
 *
 * <p>Safe to share between threads. It owns nothing that is to be closed: close the database when it is no longer used.
 */
public final class EmbeddedRegistry implements ModelRegistry {
  private static final int MAX_VERSIONS = 10_000;
  private static final int MAX_MOVES = 100_000;
  private static final int MAX_FILE_BYTES = Integer.MAX_VALUE - 8;
  private static final int ANY = -1;

  private final Database database;
  private final ArtifactStore artifacts;
  private final Clock clock;
  private final ProductionCache cache;
  private final Listeners listeners = new Listeners();
  /** Writers of this process wait here, not in the database, where they could lose a race and have to try again. */
  private final ReentrantLock writing = new ReentrantLock();

  private EmbeddedRegistry(Builder builder) {
    database = builder.database;
    artifacts = builder.artifacts;
    clock = builder.clock;
    cache = new ProductionCache(this::readProduction, builder.nanos, builder.freshness.toNanos());
    database.require(RegistryTables.SCHEMA);
  }

  /**
   * A registry over stores that the caller keeps open and closes.
   *
   * @param database where versions, stages, aliases and moves are
   * @param artifacts where files are
   * @param clock what time it is, for the history
   * @param nanos a clock that never goes back, in nanoseconds, for example {@code System::nanoTime}
   */
  public static Builder builder(
      Database database, ArtifactStore artifacts, Clock clock, LongSupplier nanos) {
    return new Builder(database, artifacts, clock, nanos);
  }

  /** Settings of a registry. Not thread-safe. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Database database;
    private final ArtifactStore artifacts;
    private final Clock clock;
    private final LongSupplier nanos;
    private Duration freshness = Duration.ofSeconds(1);

    private Builder(Database database, ArtifactStore artifacts, Clock clock, LongSupplier nanos) {
      this.database = Objects.requireNonNull(database, "database");
      this.artifacts = Objects.requireNonNull(artifacts, "artifacts");
      this.clock = Objects.requireNonNull(clock, "clock");
      this.nanos = Objects.requireNonNull(nanos, "nanos");
    }

    /**
     * How old an answer of {@link EmbeddedRegistry#production} can be when another process promotes; one second unless set.
     *
     * @param longest 0 to ask the database each time, at most one hour
     * @throws QilinException INVALID_ARGUMENT for another length
     */
    public Builder freshness(Duration longest) {
      if (longest.isNegative() || longest.compareTo(LONGEST) > 0) {
        throw QilinException.invalid("answers can be 0 seconds to one hour old, not " + longest);
      }
      freshness = longest;
      return this;
    }

    /**
     * Opens the registry; makes its tables when they are not there.
     *
     * @throws QilinException STORE_VERSION if a newer Qilin made them; as {@link Database#require}
     */
    public EmbeddedRegistry open() {
      return new EmbeddedRegistry(this);
    }
  }

  @Override
  public Set<RegistryCapability> capabilities() {
    return Set.of(RegistryCapability.ATOMIC_SWAP, RegistryCapability.HISTORY);
  }

  @Override
  public ModelVersion register(ModelDraft draft) {
    Objects.requireNonNull(draft, "draft");
    List<ArtifactHold> holds = new ArrayList<>();
    try {
      for (String digest : Set.copyOf(draft.files().values())) {
        holds.add(artifacts.hold(digest));
        artifacts.copy(digest, OutputStream.nullOutputStream());
      }
      return change(draft.name(), connection -> {
        ModelVersion version = VersionRows.insert(connection, draft, clock.instant());
        return new Change(
            version,
            List.of(new ModelEvent(
                ModelEvent.Kind.REGISTERED, version.id(), "", version.registered())));
      });
    } finally {
      holds.forEach(ArtifactHold::close);
    }
  }

  @Override
  public List<String> names() {
    return database.read(connection ->
        Sql.list(connection, "SELECT name FROM model", columns -> columns.getString(1)).stream()
            .sorted()
            .toList());
  }

  @Override
  public List<ModelVersion> versions(String name, int limit) {
    ModelId.requireName(name);
    requireLimit(limit, MAX_VERSIONS, "versions");
    return database.read(connection -> VersionRows.last(connection, name, limit));
  }

  @Override
  public Optional<ModelVersion> version(ModelId id) {
    Objects.requireNonNull(id, "id");
    return database.read(connection -> VersionRows.one(connection, id));
  }

  @Override
  public Optional<ModelVersion> production(String name) {
    return cache.get(name);
  }

  private Optional<ModelVersion> readProduction(String name) {
    ModelId.requireName(name);
    return database.read(connection -> VersionRows.production(connection, name));
  }

  @Override
  public Optional<ModelVersion> previous(String name) {
    ModelId.requireName(name);
    return database.read(connection -> {
      int present = VersionRows.inProduction(connection, name);
      Optional<MoveRows.Place> place = MoveRows.previous(connection, name, present);
      return place.isEmpty()
          ? Optional.<ModelVersion>empty()
          : VersionRows.one(connection, new ModelId(name, place.get().version()));
    });
  }

  @Override
  public Optional<ModelVersion> alias(String name, String alias) {
    ModelId.requireName(name);
    Objects.requireNonNull(alias, "alias");
    return database.read(connection -> {
      Optional<Integer> version = aliased(connection, name, alias);
      return version.isEmpty()
          ? Optional.<ModelVersion>empty()
          : VersionRows.one(connection, new ModelId(name, version.get()));
    });
  }

  @Override
  public byte[] file(ModelId id, String file) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(file, "file");
    Optional<String> digest = database.read(connection -> Sql.first(
        connection,
        "SELECT digest FROM model_file WHERE name = ? AND version = ? AND file = ?",
        columns -> columns.getString(1),
        id.name(),
        id.version(),
        file));
    if (digest.isEmpty()) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the registry has no file " + QilinException.quote(file) + " of " + id);
    }
    return artifacts.read(digest.get(), MAX_FILE_BYTES);
  }

  @Override
  public ModelVersion move(ModelId id, ModelStage to, StageReason reason) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(reason, "reason");
    return change(id.name(), connection -> moved(connection, id, to, ANY, reason));
  }

  @Override
  public ModelVersion promote(ModelId id, int instead, StageReason reason) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(reason, "reason");
    if (instead < 0) {
      throw QilinException.invalid(
          "the version in production is a number from 1, or 0 for none, not " + instead);
    }
    return change(
        id.name(), connection -> moved(connection, id, ModelStage.PRODUCTION, instead, reason));
  }

  private Change moved(
      Connection connection, ModelId id, ModelStage to, int instead, StageReason reason)
      throws SQLException {
    StageSwap swap = StageSwap.begin(connection, id, clock.instant(), reason, false);
    if (instead != ANY) {
      swap.requirePresent(instead);
    }
    return changed(connection, id, swap.to(to));
  }

  @Override
  public ModelVersion rollback(String name, StageReason reason) {
    ModelId.requireName(name);
    Objects.requireNonNull(reason, "reason");
    return change(name, connection -> {
      int present = VersionRows.inProduction(connection, name);
      MoveRows.Place place = MoveRows.previous(connection, name, present)
          .orElseThrow(() -> new QilinException(
              ErrorCode.DATA_NOT_FOUND,
              "there is no earlier production version of " + name + " to go back to"));
      ModelId id = new ModelId(name, place.version());
      MoveRows.cut(connection, name, place.place());
      StageSwap swap = StageSwap.begin(connection, id, clock.instant(), reason, true);
      return changed(connection, id, swap.to(ModelStage.PRODUCTION));
    });
  }

  @Override
  public void setAlias(ModelId id, String alias) {
    ModelAlias.require(alias);
    change(id.name(), connection -> {
      requireThere(connection, id);
      Sql.update(
          connection,
          "INSERT INTO model_alias (name, alias, version) VALUES (?, ?, ?)"
              + " ON CONFLICT (name, alias) DO UPDATE SET version = excluded.version",
          id.name(),
          alias,
          id.version());
      return changed(
          connection,
          id,
          List.of(new ModelEvent(ModelEvent.Kind.ALIAS_SET, id, alias, clock.instant())));
    });
  }

  @Override
  public void removeAlias(String name, String alias) {
    ModelId.requireName(name);
    Objects.requireNonNull(alias, "alias");
    List<ModelEvent> events = written(name, connection -> {
      Optional<Integer> version = aliased(connection, name, alias);
      if (version.isEmpty()) {
        return List.<ModelEvent>of();
      }
      Sql.update(connection, "DELETE FROM model_alias WHERE name = ? AND alias = ?", name, alias);
      return List.of(new ModelEvent(
          ModelEvent.Kind.ALIAS_REMOVED, new ModelId(name, version.get()), alias, clock.instant()));
    });
    listeners.tell(events);
  }

  @Override
  public void delete(ModelId id) {
    Objects.requireNonNull(id, "id");
    List<ModelEvent> events = written(id.name(), connection -> {
      if (requireThere(connection, id) == ModelStage.PRODUCTION) {
        throw new QilinException(
            ErrorCode.CONFLICT,
            id + " is in production; promote another version or archive it first");
      }
      Set<String> aliases = VersionRows.aliases(connection, id);
      if (!aliases.isEmpty()) {
        throw new QilinException(
            ErrorCode.CONFLICT,
            "aliases point to " + id + ": " + String.join(", ", aliases)
                + "; remove them or let them point to another version first");
      }
      VersionRows.delete(connection, id);
      return List.of(new ModelEvent(ModelEvent.Kind.DELETED, id, "", clock.instant()));
    });
    listeners.tell(events);
  }

  @Override
  public List<StageMove> history(String name, int limit) {
    ModelId.requireName(name);
    requireLimit(limit, MAX_MOVES, "moves");
    return database.read(connection -> MoveRows.last(connection, name, limit));
  }

  @Override
  public Registration listen(Consumer<? super ModelEvent> listener) {
    return listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  /** Whether a version that is not deleted has a file with this content; see {@link ArtifactStore#collect}. */
  public boolean refersTo(String sha256) {
    Objects.requireNonNull(sha256, "sha256");
    return database.read(connection -> Sql.first(
            connection,
            "SELECT 1 FROM model_file WHERE digest = ? LIMIT 1",
            columns -> columns.getInt(1),
            sha256)
        .isPresent());
  }

  /** What a transaction did. */
  private record Change(ModelVersion version, List<ModelEvent> events) {}

  private static Change changed(Connection connection, ModelId id, List<ModelEvent> events)
      throws SQLException {
    return new Change(VersionRows.one(connection, id).orElseThrow(() -> unknown(id)), events);
  }

  private ModelVersion change(String name, Work<Change> work) {
    Change change = written(name, work);
    listeners.tell(change.events());
    return change.version();
  }

  private <T> T written(String name, Work<T> work) {
    writing.lock();
    try {
      return database.write(work);
    } finally {
      // Also after a failure: of a remote database it is not known whether it has committed.
      cache.forget(name);
      writing.unlock();
    }
  }

  private static Optional<Integer> aliased(Connection connection, String name, String alias)
      throws SQLException {
    return Sql.first(
        connection,
        "SELECT version FROM model_alias WHERE name = ? AND alias = ?",
        columns -> columns.getInt(1),
        name,
        alias);
  }

  private static ModelStage requireThere(Connection connection, ModelId id) throws SQLException {
    return VersionRows.stage(connection, id).orElseThrow(() -> unknown(id));
  }

  static QilinException unknown(ModelId id) {
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND,
        "the registry has no version " + id + "; it was never registered, or was deleted");
  }

  private static void requireLimit(int limit, int most, String what) {
    if (limit < 1 || limit > most) {
      throw QilinException.invalid("a list has 1 to " + most + " " + what + ", not " + limit);
    }
  }
}
