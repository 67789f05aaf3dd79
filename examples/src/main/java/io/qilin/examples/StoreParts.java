package io.qilin.examples;

import io.qilin.agents.desk.DecisionRecordJson;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelVersion;
import io.qilin.ops.backup.BackupPart;
import io.qilin.ops.backup.FolderPart;
import io.qilin.ops.backup.JoinedPart;
import io.qilin.ops.backup.LogCheck;
import io.qilin.ops.backup.LogPart;
import io.qilin.ops.backup.ObjectsPart;
import io.qilin.ops.backup.SqlitePart;
import io.qilin.security.audit.AuditFinding;
import io.qilin.security.audit.AuditReport;
import io.qilin.security.audit.AuditVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The stores that the other commands make, as parts of a backup. */
final class StoreParts {
  private static final int MOST = 10_000;
  private static final Pattern AUDIT_FILE = Pattern.compile("audit-[0-9]{19}\\.log");

  /** Takes every signature: who holds the keys verifies them. The chain, the tree and the checksums are checked. */
  private static final AuditVerifier AUDIT = AuditVerifier.of((keyId, message, signature) -> true);

  private StoreParts() {}

  /** Experiments and models: the database, then the files that it names. */
  static BackupPart models(Path store) {
    return JoinedPart.of("models")
        .with(
            "",
            SqlitePart.of(
                "database",
                store.resolve("qilin.db"),
                file -> DriverManager.getConnection("jdbc:sqlite:" + file)))
        .with(
            "artifacts/objects",
            ObjectsPart.of("files", store.resolve("artifacts").resolve("objects")));
  }

  /** An audit log that another process may write. */
  static BackupPart audit(Path folder) {
    return LogPart.of("audit", folder, AUDIT_FILE, () -> 0, StoreParts::auditState);
  }

  private static LogCheck.State auditState(Path copy) {
    AuditReport report = AUDIT.verify(copy);
    return new LogCheck.State(report.last(), report.finding().map(StoreParts::torn));
  }

  private static LogCheck.Torn torn(AuditFinding finding) {
    if (finding.problem() != AuditFinding.Problem.INCOMPLETE) {
      throw new QilinException(ErrorCode.AUDIT_TAMPERED, finding.message());
    }
    return new LogCheck.Torn(finding.file(), finding.offset());
  }

  /** Decision records. */
  static BackupPart records(Path folder) {
    return FolderPart.of(
        "records", folder, name -> !name.endsWith(".partial"), StoreParts::recordsSound);
  }

  private static String recordsSound(Path copy) throws IOException {
    if (!Files.exists(copy)) {
      return "0 records";
    }
    try (Stream<Path> all = Files.walk(copy)) {
      List<Path> files = all.filter(file -> file.toString().endsWith(".json")).toList();
      files.forEach(file -> DecisionRecordJson.read(WholeFile.read(file)));
      return files.size() + " records";
    }
  }

  /** Opens restored models as the registry does, and reads each file of each version. */
  static String openModels(Path restored) {
    Path store = restored.resolve("models");
    if (!Files.exists(store)) {
      return "no models";
    }
    int versions = 0;
    try (ModelStore kept = ModelStore.open(store, Clock.systemUTC())) {
      for (String name : kept.registry().names()) {
        for (ModelVersion version : kept.registry().versions(name, MOST)) {
          version.draft().files().values().forEach(digest -> kept.artifacts().file(digest));
          versions++;
        }
      }
    }
    return versions + " versions of models, with their files";
  }
}
