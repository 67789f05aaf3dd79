package io.qilin.mlflow;

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
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps experiments in an MLflow tracking server, where MLflow's own pages and clients see them: experiments, runs, params, metrics,
 * tags and files under the names that they have here. The README of this module tells what stands where.
 *
 * <pre>{@code
 * ExperimentTracker tracker = MlflowTracker.of(server);
 * }</pre>
 *
 * <p>What differs from a store in process:
 *
 * <ul>
 *   <li>A batch that one call holds (1,000 metrics, 100 params, 100 tags, 1 MB) is logged whole or not at all. A larger one goes in
 *       several calls; what can be refused is refused before the first, but when the network fails between two, a part is there.
 *   <li>MLflow compares and sets nothing in one step. Threads that share this object wait for each other; of two processes that
 *       write to one run at the same moment, the later one may win.
 *   <li>Tags that begin with {@code mlflow.} or {@code qilin.}, and metrics that begin with {@code qilin.}, are refused and not
 *       shown; so are {@code #} and {@code %} in a file's name.
 *   <li>The largest double is refused, since MLflow's database cannot tell it from infinity. Infinities and {@code NaN} are kept.
 *   <li>A run that is put away with its experiment comes back with it.
 * </ul>
 *
 * <p>Every method may throw NETWORK, TIMEOUT and STORE_UNAVAILABLE, which may pass, RATE_LIMITED, AUTHENTICATION, AUTHORIZATION,
 * INVALID_CONFIGURATION if there is no MLflow at the URI, UNSUPPORTED if files do not go through the server, LIMIT_EXCEEDED for an
 * answer that is too long, and CANCELLED when the thread is interrupted. Safe to share between threads.
 */
public final class MlflowTracker implements ExperimentTracker {
  private static final int LOCKS = 64;

  private final MlflowServer server;
  private final MlflowApi api;
  private final Experiments experiments;
  private final RunDocuments runs;
  private final RunReader reader;
  private final LongValues values;
  private final RunWriter writer;
  private final Artifacts artifacts;
  private final HistoryPages histories;
  /** Those who change one run wait for each other, as they look before they write. */
  private final List<ReentrantLock> runLocks = locks();
  /** Those who replace one file likewise; others need not wait until it is there. */
  private final List<ReentrantLock> fileLocks = locks();

  private MlflowTracker(MlflowServer server) {
    this.server = server;
    api = server.api();
    experiments = new Experiments(server);
    runs = new RunDocuments(server);
    artifacts = new Artifacts(server);
    values = new LongValues(artifacts);
    reader = new RunReader(values);
    writer = new RunWriter(server, runs, values);
    histories = new HistoryPages(server);
  }

  /** The experiments of a server. The server is not asked anything yet. */
  public static MlflowTracker of(MlflowServer server) {
    return new MlflowTracker(Objects.requireNonNull(server, "server"));
  }

  @Override
  public Experiment createExperiment(String name, Map<String, String> tags) {
    return experiments.create(name, tags);
  }

  @Override
  public Optional<Experiment> findExperiment(String name) {
    return experiments.byName(name);
  }

  @Override
  public Page<Experiment> experiments(RunQuery.View view, int size, Optional<String> after) {
    return experiments.page(view, size, after);
  }

  @Override
  public void deleteExperiment(String experiment) {
    experiments.setDeleted(experiment, true);
  }

  @Override
  public void restoreExperiment(String experiment) {
    experiments.setDeleted(experiment, false);
  }

  @Override
  public Run startRun(RunStart start) {
    Experiment experiment = experiments.byId(start.experiment());
    if (experiment.deleted()) {
      throw Words.conflict("the experiment " + experiment.id() + " is put away; restore it first");
    }
    Words.requireFree(start.tags());
    start.parent().ifPresent(parent -> {
      if (!Json.text(runs.open(parent).info(), "experiment_id").equals(experiment.id())) {
        throw Words.noRun(parent);
      }
    });
    String token = server.tokens().fresh();
    Instant began = Run.requireTime(start.started().orElseGet(server.clock()::instant));
    ObjectNode body =
        Json.object().put("experiment_id", experiment.id()).put("start_time", began.toEpochMilli());
    var tags = body.putArray("tags");
    tag(tags, Words.TOKEN, token);
    tag(tags, Words.REGISTERED, server.tokens().next());
    if (!start.name().isEmpty()) {
      boolean isLong = start.name().length() > Words.MOST_NAME;
      body.put("run_name", Words.head(start.name(), Words.MOST_NAME));
      if (isLong) {
        tag(tags, Words.LONG_NAME, start.name());
      }
    }
    start.parent().ifPresent(parent -> tag(tags, Words.PARENT, parent));
    if (!start.owner().isEmpty()) {
      tag(tags, Words.OWNER, start.owner());
    }
    RunBatch.Builder later = RunBatch.builder();
    start.tags().forEach((key, value) -> {
      if (LongValues.shortened(value).equals(value) && tags.size() < 100) {
        tag(tags, key, value);
      } else {
        later.tag(key, value);
      }
    });
    JsonNode made = api.create("runs/create", body, () -> begun(experiment.id(), token));
    Run begun = reader.read(RunDocument.read(Json.member(made, "run")));
    RunBatch rest = later.build();
    if (rest.tags().isEmpty()) {
      return begun;
    }
    log(begun.id(), rest);
    return run(begun.id());
  }

  private static void tag(ArrayNode tags, String key, String value) {
    tags.addObject().put("key", key).put("value", value);
  }

  /** The run that an earlier attempt began. */
  private Optional<JsonNode> begun(String experiment, String token) {
    ObjectNode body = Json.object()
        .put("filter", "tags.`" + Words.TOKEN + "` = '" + token + "'")
        .put("max_results", 1);
    body.putArray("experiment_ids").add(experiment);
    return Json.items(api.post("runs/search", body), "runs").stream()
        .findFirst()
        .map(run -> {
          ObjectNode found = Json.object();
          found.set("run", run);
          return found;
        });
  }

  @Override
  public Run run(String run) {
    return reader.read(runs.find(run));
  }

  @Override
  public void log(String run, RunBatch batch) {
    Objects.requireNonNull(batch, "batch");
    locked(runLocks, run, () -> {
      writer.log(run, batch);
      return true;
    });
  }

  @Override
  public RunArtifact logArtifact(String run, String name, byte[] content) {
    RunArtifact.requireName(name);
    byte[] kept = content.clone();
    ArtifactMark.Content mark = new ArtifactMark.Content(Digests.of(kept), kept.length);
    return keep(run, name, mark, () -> BodyPublishers.ofByteArray(kept));
  }

  /**
   * Keeps a file of a run, in bounded memory; as {@link #logArtifact(String, String, byte[])}.
   *
   * @param file must not change meanwhile; it is read twice, and again for each retry
   * @throws QilinException DATA_NOT_FOUND if the file is not there, IO if it cannot be read
   */
  public RunArtifact logArtifact(String run, String name, Path file) {
    RunArtifact.requireName(name);
    return keep(run, name, content(file), () -> publisher(file));
  }

  private static ArtifactMark.Content content(Path file) {
    MessageDigest digest = Digests.sha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      long bytes = Files.copy(file, out);
      return new ArtifactMark.Content(Digests.hex(digest), bytes);
    } catch (NoSuchFileException e) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "there is no file " + file, e);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "the file " + file + " cannot be read", e);
    }
  }

  private static BodyPublisher publisher(Path file) {
    try {
      return BodyPublishers.ofFile(file);
    } catch (FileNotFoundException e) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "there is no file " + file, e);
    }
  }

  private RunArtifact keep(
      String run, String name, ArtifactMark.Content content, Supplier<BodyPublisher> publisher) {
    Words.requireFile(name);
    return locked(fileLocks, run + "/" + name, () -> {
      RunDocument document = runs.open(run);
      ArtifactMark mark = new ArtifactMark(name, List.of(content));
      Optional<ArtifactMark> before = ArtifactMark.parse(document.tag(Words.artifactTag(name)));
      if (before.isPresent() && !before.get().equals(mark)) {
        // Whatever stops this in the middle, the file that is there then has one of the two
        // digests.
        mark(
            document,
            new ArtifactMark(name, List.of(content, before.get().contents().get(0))));
      }
      artifacts.put(document.root(), name, publisher);
      mark(document, mark);
      return mark.artifact();
    });
  }

  private void mark(RunDocument document, ArtifactMark mark) {
    api.post(
        "runs/set-tag",
        Json.object()
            .put("run_id", document.id())
            .put("key", Words.artifactTag(mark.name()))
            .put("value", mark.text()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Up to the limit in memory of the {@link MlflowServer}; longer ones by {@link #copyArtifact}. Of a file that another program
   * logged no digest is known; its length is checked.
   */
  @Override
  public byte[] artifact(String run, String name) {
    Place place = place(run, name);
    byte[] content = artifacts.read(place.root(), name, server.mostBytesInMemory());
    place.check(name, content.length, Digests.of(content));
    return content;
  }

  /**
   * Copies what a run left under a name into a stream, in bounded memory. Bytes are written before the end is checked: throw away
   * what was written if this throws. The stream is written by a thread of the HTTP client, and not closed.
   *
   * @return how many bytes it had
   * @throws QilinException as {@link #artifact}
   */
  public long copyArtifact(String run, String name, OutputStream to) {
    Place place = place(run, name);
    DigestSink copied = artifacts.copy(place.root(), name, to);
    place.check(name, copied.count(), copied.sha256());
    return copied.count();
  }

  /** Where a file is, and what it must be. */
  private record Place(String root, long listed, List<ArtifactMark.Content> contents) {
    void check(String name, long bytes, String sha256) {
      boolean known = contents.isEmpty()
          ? bytes == listed
          : contents.contains(new ArtifactMark.Content(sha256, bytes));
      if (!known) {
        throw new QilinException(
            ErrorCode.STORE_DAMAGED,
            "the artifact " + QilinException.quote(name) + " has " + bytes
                + " bytes and the digest "
                + sha256 + ", which is not what was logged; log it again, or restore the server's"
                + " artifacts from a backup");
      }
    }
  }

  private Place place(String run, String name) {
    RunDocument document = runs.find(run);
    RunArtifact.requireName(name);
    Words.requireFile(name);
    long listed = artifacts
        .length(document.id(), name)
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "the run " + run + " has no artifact " + QilinException.quote(name)));
    List<ArtifactMark.Content> contents = ArtifactMark.parse(document.tag(Words.artifactTag(name)))
        .map(ArtifactMark::contents)
        .orElse(List.of());
    return new Place(document.root(), listed, contents);
  }

  @Override
  public void endRun(String run, RunStatus status, Instant ended) {
    if (!status.ended()) {
      throw QilinException.invalid("a run ends as FINISHED, FAILED or KILLED, not as " + status);
    }
    long millis = Run.requireTime(ended).toEpochMilli();
    locked(runLocks, run, () -> {
      Run now = reader.read(runs.open(run));
      if (now.status() == status) {
        return false;
      }
      if (now.status().ended()) {
        throw Words.conflict(
            "the run " + run + " has ended as " + now.status() + ", so not as " + status);
      }
      api.post(
          "runs/update",
          Json.object().put("run_id", run).put("status", status.name()).put("end_time", millis));
      return true;
    });
  }

  @Override
  public void deleteRun(String run) {
    setDeleted(run, true);
  }

  @Override
  public void restoreRun(String run) {
    setDeleted(run, false);
  }

  private void setDeleted(String run, boolean deleted) {
    locked(runLocks, run, () -> {
      if (runs.find(run).deleted() != deleted) {
        try {
          api.post(deleted ? "runs/delete" : "runs/restore", Json.object().put("run_id", run));
        } catch (QilinException e) {
          // An attempt before may have done it.
          if (e.code() == ErrorCode.CANCELLED || runs.find(run).deleted() != deleted) {
            throw e;
          }
        }
      }
      return true;
    });
  }

  /**
   * {@inheritDoc}
   *
   * <p>The first page reads all points, at most 2,000,000; the pages after it are given from memory as long as no other history was
   * read meanwhile, and show what was there at the first.
   */
  @Override
  public Page<MetricPoint> history(String run, String metric, int size, Optional<String> after) {
    MetricPoint.requireKey(metric);
    Page.requireSize(size);
    return histories.page(runs.find(run).id(), metric, size, after);
  }

  @Override
  public Page<Run> search(RunQuery query) {
    if (query.after().isEmpty()) {
      query.experiments().forEach(experiments::byId);
    }
    return new RunSearch(api, reader, query).page();
  }

  /** Where the server says that the files of a run are. */
  String artifactUri(String run) {
    return Json.filled(runs.find(run).info(), "artifact_uri");
  }

  private static List<ReentrantLock> locks() {
    return Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
  }

  private static <T> T locked(List<ReentrantLock> locks, String what, Supplier<T> work) {
    ReentrantLock lock = locks.get(Math.floorMod(what.hashCode(), LOCKS));
    Turn.await(lock);
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Which server. */
  @Override
  public String toString() {
    return "experiments of " + server;
  }
}
