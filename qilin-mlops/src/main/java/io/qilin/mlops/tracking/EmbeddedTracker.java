package io.qilin.mlops.tracking;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Experiment;
import io.qilin.api.model.ExperimentTracker;
import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.Page;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunArtifact;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunQuery;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.RunStatus;
import io.qilin.mlops.artifact.Artifact;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.internal.Sql;
import io.qilin.mlops.store.Database;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps experiments in a {@link Database} and their files in an {@link ArtifactStore}, without a server. What a method has done
 * when it returns survives when the process or the machine stops in the next moment.
 *
 * <pre>{@code
 * ExperimentTracker tracker = EmbeddedTracker.open(database, artifacts, clock, new SecureRandom());
 * Run run = tracker.startRun(RunStart.in(tracker.experiment("alpha158").id()).build());
 * tracker.log(run.id(), RunBatch.builder().param("leaves", "210").metric("ic", 0.047, 1, clock.instant()).build());
 * tracker.endRun(run.id(), RunStatus.FINISHED, clock.instant());
 * }</pre>
 *
 * <p>Each call is one transaction: log in batches, as each costs a write to the disk. A search reads along indices: with 100,000
 * runs a page is found in some milliseconds, see {@code docs/benchmarks.md}. A run has at most 10,000 params, metrics, tags and
 * artifacts each; their points are not bounded. Order does not depend on the clock: a run has a number beside its times, a point
 * of a metric too.
 *
 * <p>A run whose process died stays {@link RunStatus#RUNNING}: give each process an owner's name and call {@link #killRunsOf} when
 * it is known to be dead.
 *
 * <p>Safe to share between threads, and several processes may use one database and one folder. The database and the artifacts are
 * the caller's to close.
 */
public final class EmbeddedTracker implements ExperimentTracker {
  /** The largest file that is given as an array: 256 MiB. */
  private static final int MOST_IN_MEMORY = 1 << 28;

  private final Database database;
  private final ArtifactStore artifacts;
  private final Clock clock;
  /** Guarded by itself. */
  private final RandomGenerator ids;

  private EmbeddedTracker(
      Database database, ArtifactStore artifacts, Clock clock, RandomGenerator ids) {
    this.database = database;
    this.artifacts = artifacts;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Opens the experiments of a database; their tables are made when they are not there.
   *
   * @param clock stamps what is begun without a time
   * @param ids draws ids; a {@code SecureRandom}, or a seeded one where ids must be the same again
   * @throws QilinException STORE_VERSION if a newer Qilin wrote them
   */
  public static EmbeddedTracker open(
      Database database, ArtifactStore artifacts, Clock clock, RandomGenerator ids) {
    Objects.requireNonNull(artifacts, "artifacts");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(ids, "ids");
    database.require(TrackingSchema.SCHEMA);
    return new EmbeddedTracker(database, artifacts, clock, ids);
  }

  @Override
  public Experiment createExperiment(String name, Map<String, String> tags) {
    Experiment made =
        new Experiment(freshId(), Experiment.requireName(name), clock.instant(), false, tags);
    return database.write(connection -> {
      int number = next(connection, "tracking_experiment");
      int rows = Sql.update(
          connection,
          "INSERT INTO tracking_experiment (number, id, name, created, deleted) VALUES (?, ?, ?, ?, 0)"
              + " ON CONFLICT (name) DO NOTHING",
          number,
          made.id(),
          name,
          made.created().toEpochMilli());
      if (rows == 0) {
        throw TrackingErrors.conflict(
            "there is an experiment " + QilinException.quote(name) + ", maybe put away");
      }
      Sql.updateAll(
          connection,
          "INSERT INTO tracking_experiment_tag (experiment, key, value) VALUES (?, ?, ?)",
          made.tags().entrySet().stream()
              .map(tag -> new @Nullable Object[] {number, tag.getKey(), tag.getValue()})
              .toList());
      return made;
    });
  }

  @Override
  public Optional<Experiment> findExperiment(String name) {
    Experiment.requireName(name);
    return database.read(connection -> Experiments.byName(connection, name));
  }

  @Override
  public Page<Experiment> experiments(RunQuery.View view, int size, Optional<String> after) {
    Page.requireSize(size);
    boolean deleted = view == RunQuery.View.DELETED;
    int from = after.map(Experiments::number).orElse(0);
    return database.read(connection -> Experiments.page(connection, deleted, size, from));
  }

  @Override
  public void deleteExperiment(String experiment) {
    putAway("tracking_experiment", experiment, 1);
  }

  @Override
  public void restoreExperiment(String experiment) {
    putAway("tracking_experiment", experiment, 0);
  }

  @Override
  public void deleteRun(String run) {
    putAway("tracking_run", run, 1);
  }

  @Override
  public void restoreRun(String run) {
    putAway("tracking_run", run, 0);
  }

  private void putAway(String table, String id, int deleted) {
    Objects.requireNonNull(id, "id");
    int rows = TrackingIds.possible(id)
        ? database.write(connection -> Sql.update(
            connection, "UPDATE " + table + " SET deleted = ? WHERE id = ?", deleted, id))
        : 0;
    if (rows == 0) {
      throw table.equals("tracking_run")
          ? TrackingErrors.noRun(id)
          : TrackingErrors.noExperiment(id);
    }
  }

  @Override
  public Run startRun(RunStart start) {
    Objects.requireNonNull(start, "start");
    String id = freshId();
    Instant started = start.started().orElseGet(clock::instant);
    return database.write(connection -> {
      int experiment = Experiments.open(connection, start.experiment());
      Integer parent = null;
      if (start.parent().isPresent()) {
        RunRow row = RunRow.open(connection, start.parent().get());
        if (row.experiment() != experiment) {
          throw TrackingErrors.noRun(start.parent().get());
        }
        parent = row.number();
      }
      int number = next(connection, "tracking_run");
      Sql.update(
          connection,
          "INSERT INTO tracking_run (number, id, experiment, name, parent, owner, status, started,"
              + " ended, deleted, points) VALUES (?, ?, ?, ?, ?, ?, 'RUNNING', ?, NULL, 0, 0)",
          number,
          id,
          experiment,
          start.name().isEmpty() ? "run-" + number : start.name(),
          parent,
          start.owner(),
          started.toEpochMilli());
      RunRow row = new RunRow(number, experiment, RunStatus.RUNNING.name(), false, 0);
      new RunWriter(connection, id, row).tags(start.tags());
      return RunLoader.load(connection, List.of(number)).get(0);
    });
  }

  @Override
  public Run run(String run) {
    Objects.requireNonNull(run, "run");
    return database.read(connection -> RunLoader.load(
            connection, List.of(RunRow.find(connection, run).number()))
        .get(0));
  }

  @Override
  public void log(String run, RunBatch batch) {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(batch, "batch");
    database.write(connection -> {
      new RunWriter(connection, run, RunRow.open(connection, run)).write(batch);
      return true;
    });
  }

  @Override
  public RunArtifact logArtifact(String run, String name, byte[] content) {
    return logArtifact(run, name, new ByteArrayInputStream(content));
  }

  /**
   * Keeps a file of a run, in bounded memory; as {@link #logArtifact(String, String, byte[])}.
   *
   * @param content read to its end, not closed
   */
  public RunArtifact logArtifact(String run, String name, InputStream content) {
    Objects.requireNonNull(run, "run");
    RunArtifact.requireName(name);
    if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
      throw QilinException.invalid(
          "an artifact's name is in Unicode's normal form NFC, this is not: "
              + QilinException.quote(name));
    }
    // What cannot be registered is not written.
    database.read(connection -> RunRow.open(connection, run));
    try (ArtifactHold hold = artifacts.put(content)) {
      RunArtifact artifact =
          new RunArtifact(name, hold.artifact().sha256(), hold.artifact().bytes());
      return database.write(connection -> {
        new RunWriter(connection, run, RunRow.open(connection, run)).artifact(artifact);
        return artifact;
      });
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Up to 256 MiB; longer ones by {@link #copyArtifact}.
   */
  @Override
  public byte[] artifact(String run, String name) {
    return artifacts.read(find(run, name).sha256(), MOST_IN_MEMORY);
  }

  /**
   * Copies what a run left under a name into a stream, in bounded memory; see {@link ArtifactStore#copy}.
   *
   * @return how many bytes it had
   * @throws QilinException as {@link #artifact}
   */
  public long copyArtifact(String run, String name, OutputStream to) {
    return artifacts.copy(find(run, name).sha256(), to);
  }

  private RunArtifact find(String run, String name) {
    Objects.requireNonNull(run, "run");
    RunArtifact.requireName(name);
    return database.read(connection -> Sql.first(
            connection,
            "SELECT name, sha256, bytes FROM tracking_artifact WHERE run = ? AND name = ?",
            RunLoader::artifact,
            RunRow.find(connection, run).number(),
            name)
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "the run " + run + " has no artifact " + QilinException.quote(name))));
  }

  /** Whether a run, put away or not, refers to an artifact: for {@link ArtifactStore#collect}. */
  public boolean refersTo(String sha256) {
    return database.read(connection -> Sql.first(
            connection,
            "SELECT 1 AS one FROM tracking_artifact WHERE sha256 = ? LIMIT 1",
            row -> true,
            Artifact.requireDigest(sha256))
        .isPresent());
  }

  @Override
  public void endRun(String run, RunStatus status, Instant ended) {
    Objects.requireNonNull(run, "run");
    if (!status.ended()) {
      throw QilinException.invalid("a run ends as FINISHED, FAILED or KILLED, not as " + status);
    }
    long millis = Run.requireTime(ended).toEpochMilli();
    database.write(connection -> {
      RunRow row = RunRow.open(connection, run);
      if (row.status().equals(status.name())) {
        return 0;
      }
      if (!row.status().equals(RunStatus.RUNNING.name())) {
        throw TrackingErrors.conflict(
            "the run " + run + " has ended as " + row.status() + ", so not as " + status);
      }
      return Sql.update(
          connection,
          "UPDATE tracking_run SET status = ?, ended = ? WHERE number = ?",
          status.name(),
          millis,
          row.number());
    });
  }

  /**
   * Ends as {@link RunStatus#KILLED} every run of an owner that is not put away and still {@link RunStatus#RUNNING}: for the host
   * that knows that the owner's process is dead.
   *
   * @param owner as given to {@link RunStart}, not empty
   * @return the ids of the runs, in the order of their beginning
   */
  public List<String> killRunsOf(String owner) {
    if (owner.isEmpty()) {
      throw QilinException.invalid(
          "name the owner whose runs are over; runs without one are nobody's");
    }
    String whose =
        new RunStart("", "", Optional.empty(), owner, Optional.empty(), Map.of()).owner();
    long now = clock.millis();
    return database.write(connection -> {
      List<String> runs = Sql.list(
          connection,
          "SELECT id FROM tracking_run WHERE owner = ? AND status = 'RUNNING' AND deleted = 0 ORDER BY number",
          row -> row.getString("id"),
          whose);
      Sql.update(
          connection,
          "UPDATE tracking_run SET status = 'KILLED', ended = ? WHERE owner = ? AND status = 'RUNNING'"
              + " AND deleted = 0",
          now,
          whose);
      return runs;
    });
  }

  @Override
  public Page<MetricPoint> history(String run, String metric, int size, Optional<String> after) {
    Objects.requireNonNull(run, "run");
    MetricPoint.requireKey(metric);
    Page.requireSize(size);
    return database.read(connection ->
        MetricHistory.page(connection, RunRow.find(connection, run).number(), metric, size, after));
  }

  @Override
  public Page<Run> search(RunQuery query) {
    Objects.requireNonNull(query, "query");
    return database.read(connection -> RunSearch.run(connection, query));
  }

  private static int next(Connection connection, String table) throws SQLException {
    return Sql.first(
            connection,
            "SELECT COALESCE(MAX(number), 0) + 1 AS number FROM " + table,
            row -> row.getInt("number"))
        .orElse(1);
  }

  private String freshId() {
    synchronized (ids) {
      return TrackingIds.draw(ids);
    }
  }
}
