package io.qilin.ops.backup;

import io.qilin.api.model.Experiment;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.RunStart;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.registry.EmbeddedRegistry;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.tracking.EmbeddedTracker;
import io.qilin.security.audit.AuditCheckpoint;
import io.qilin.security.audit.AuditEntry;
import io.qilin.security.audit.AuditFinding;
import io.qilin.security.audit.AuditLog;
import io.qilin.security.audit.AuditOutcome;
import io.qilin.security.audit.AuditQuery;
import io.qilin.security.audit.AuditReader;
import io.qilin.security.audit.AuditReport;
import io.qilin.security.audit.AuditVerifier;
import io.qilin.security.audit.CheckpointSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** The stores of a host, as it has them: models and experiments, and an audit log. */
public final class StoreHost implements AutoCloseable {
  public static final ModelSignature SIGNATURE =
      new ModelSignature(List.of("a", "b"), ModelSignature.Missing.NO_SCORE);

  /** A digest in place of a signature, so that a killed child's log can be checked without its key. */
  private static final CheckpointSigner SIGNER = new CheckpointSigner() {
    @Override
    public String keyId() {
      return "test";
    }

    @Override
    public byte[] sign(byte[] message) {
      return sha256(message);
    }
  };

  public final Path folder;
  public final Database database;
  public final ArtifactStore artifacts;
  public final EmbeddedRegistry registry;
  public final EmbeddedTracker tracker;
  public final AuditLog audit;
  public final List<AuditCheckpoint> checkpoints = new CopyOnWriteArrayList<>();
  public final String experiment;

  private StoreHost(Path folder) throws IOException {
    this.folder = folder;
    Clock clock = Clock.systemUTC();
    Files.createDirectories(folder.resolve("models/artifacts"));
    artifacts = ArtifactStore.open(folder.resolve("models/artifacts"), clock);
    database = Database.sqlite(folder.resolve("models/qilin.db"));
    registry =
        EmbeddedRegistry.builder(database, artifacts, clock, System::nanoTime).open();
    tracker = EmbeddedTracker.open(database, artifacts, clock, new SecureRandom());
    experiment = tracker
        .findExperiment("live")
        .map(Experiment::id)
        .orElseGet(() -> tracker.createExperiment("live", Map.of()).id());
    audit = audit(folder.resolve("audit"), checkpoints);
  }

  public static StoreHost open(Path folder) {
    try {
      return new StoreHost(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static AuditLog audit(Path folder, List<AuditCheckpoint> checkpoints) {
    return AuditLog.builder(
            folder,
            SIGNER,
            checkpoints::add,
            Clock.systemUTC(),
            System::nanoTime,
            new SecureRandom())
        .fileBytes(50_000)
        .open();
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Registers a version whose one file says what is given. */
  public ModelId register(String name, String content) {
    try (ArtifactHold hold = artifacts.put(content.getBytes(StandardCharsets.UTF_8))) {
      return registry
          .register(ModelDraft.builder(name, "test", SIGNATURE)
              .file("model.txt", hold.artifact().sha256())
              .build())
          .id();
    }
  }

  public void record(String resource) {
    audit.record(AuditEntry.builder("u-1", "order.place", resource, AuditOutcome.SUCCEEDED)
        .build());
  }

  public String run() {
    return tracker.startRun(RunStart.in(experiment).build()).id();
  }

  /** Both stores of models in one folder, as they lie. */
  public static BackupPart models(Path folder) {
    return JoinedPart.of("models")
        .with(
            "",
            SqlitePart.of(
                "database",
                folder.resolve("qilin.db"),
                file -> DriverManager.getConnection("jdbc:sqlite:" + file)))
        .with(
            "artifacts/objects",
            ObjectsPart.of("objects", folder.resolve("artifacts").resolve("objects")));
  }

  /** The audit log; what it has acknowledged by now is wanted in each copy. */
  public static BackupPart auditPart(Path folder, LongSupplier durable) {
    return LogPart.of(
        "audit", folder, Pattern.compile("audit-[0-9]{19}\\.log"), durable, StoreHost::auditState);
  }

  private static LogCheck.State auditState(Path copy) {
    AuditReport report = verifier().verify(copy);
    Optional<AuditFinding> finding = report.finding();
    if (finding.isPresent() && finding.get().problem() != AuditFinding.Problem.INCOMPLETE) {
      throw BackupErrors.damaged("the audit log is damaged: " + finding.get().message());
    }
    return new LogCheck.State(
        report.last(), finding.map(found -> new LogCheck.Torn(found.file(), found.offset())));
  }

  public static AuditVerifier verifier() {
    return AuditVerifier.of(
        (key, message, signature) -> MessageDigest.isEqual(sha256(message), signature));
  }

  public Backups.Builder backups(Path root, Clock clock) {
    return Backups.builder(root, clock, System::nanoTime)
        .part(auditPart(folder.resolve("audit"), audit::durable))
        .part(models(folder.resolve("models")))
        .version("qilin", "test");
  }

  /** The models that a folder of stores has, each read; they are opened and may change. */
  public static Set<String> modelsIn(Path folder) {
    Clock clock = Clock.systemUTC();
    try (Database database = Database.sqlite(folder.resolve("models/qilin.db"))) {
      database.verify();
      ArtifactStore artifacts = ArtifactStore.open(folder.resolve("models/artifacts"), clock);
      EmbeddedRegistry registry =
          EmbeddedRegistry.builder(database, artifacts, clock, System::nanoTime).open();
      Set<String> found = new HashSet<>();
      for (String name : registry.names()) {
        for (ModelVersion version : registry.versions(name, 10_000)) {
          String content =
              new String(registry.file(version.id(), "model.txt"), StandardCharsets.UTF_8);
          if (!content.startsWith(name)) {
            throw new AssertionError(version.id() + " has the file of another: " + content);
          }
          found.add(version.id().toString());
        }
      }
      return found;
    }
  }

  /** The runs of those that are there. */
  public static Set<String> runsIn(Path folder, Set<String> wanted) {
    try (Database database = Database.sqlite(folder.resolve("models/qilin.db"))) {
      EmbeddedTracker tracker = EmbeddedTracker.open(
          database,
          ArtifactStore.open(folder.resolve("models/artifacts"), Clock.systemUTC()),
          Clock.systemUTC(),
          new SecureRandom());
      Set<String> found = new HashSet<>();
      for (String run : wanted) {
        found.add(tracker.run(run).id());
      }
      return found;
    }
  }

  /** The resources that the audit log of a folder of stores names, after the log has verified. */
  public static Set<String> recordsIn(Path folder) {
    Path log = folder.resolve("audit");
    AuditReport report = verifier().verify(log);
    if (!report.clean()) {
      throw new AssertionError("the audit log is not clean: " + report.finding());
    }
    Set<String> found = new HashSet<>();
    AuditReader reader = AuditReader.of(log);
    long next = 1;
    while (next > 0) {
      var page = reader.query(AuditQuery.all().withFirst(next).withLimit(1_000));
      page.records().forEach(record -> found.add(record.entry().resource().text()));
      next = page.next().orElse(0);
    }
    return found;
  }

  @Override
  public void close() {
    audit.close();
    database.close();
  }
}
