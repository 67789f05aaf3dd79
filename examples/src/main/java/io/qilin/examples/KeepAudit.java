package io.qilin.examples;

import io.qilin.security.audit.AuditCheckpoint;
import io.qilin.security.audit.AuditEntry;
import io.qilin.security.audit.AuditJson;
import io.qilin.security.audit.AuditLog;
import io.qilin.security.audit.AuditOutcome;
import io.qilin.security.audit.AuditReport;
import io.qilin.security.audit.AuditVerifier;
import io.qilin.security.audit.CheckpointSigner;
import io.qilin.security.audit.Ed25519Checkpoints;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records an order before and after it is placed, erases a name, and verifies the log. */
public final class KeepAudit {
  private KeepAudit() {}

  /**
   * Runs on a new folder below the working directory.
   *
   * @param args the folder
   * @throws GeneralSecurityException if the JDK has no Ed25519
   */
  public static void main(String[] args) throws GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    run(System.out, Path.of(args[0]), Clock.systemUTC(), keys);
  }

  /** Does it all, and prints what it finds. */
  static void run(PrintStream out, Path folder, Clock clock, KeyPair keys) {
    List<AuditCheckpoint> kept = new CopyOnWriteArrayList<>();
    CheckpointSigner signer = Ed25519Checkpoints.signer("2026-01", keys.getPrivate());
    try (AuditLog log = AuditLog.builder(
            folder, signer, kept::add, clock, System::nanoTime, new SecureRandom())
        .open()) {
      log.record(AuditEntry.builder("u-17", "order.place", "order/88", AuditOutcome.INTENT)
          .correlationId("call-1")
          .attribute("contact", "Wang, 13800138000")
          .build());
      log.record(AuditEntry.builder("u-17", "order.place", "order/88", AuditOutcome.SUCCEEDED)
          .correlationId("call-1")
          .build());
      log.erase(1, Set.of("attributes.contact"), "u-2", "asked for by the person");
      out.println(AuditJson.line(log.reader().record(1)).replaceAll(",\"previous.*", " …"));
    }
    AuditReport report = AuditVerifier.of(
            Ed25519Checkpoints.verifier(Map.of("2026-01", keys.getPublic())))
        .withCheckpoints(kept)
        .verify(folder);
    out.println("clean: " + report.clean() + ", records: " + report.last());
  }
}
