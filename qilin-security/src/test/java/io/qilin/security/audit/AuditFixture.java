package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Await;
import io.qilin.testkit.SettableClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A key, a clock that stands still, a ticker moved by hand, and what the log handed over. */
final class AuditFixture {
  /** Quick, where signatures are not what a test is about. */
  static final CheckpointSigner SIGNER = new CheckpointSigner() {
    @Override
    public String keyId() {
      return "k1";
    }

    @Override
    public byte[] sign(byte[] message) {
      return MerkleProofs.leaf(message).bytes();
    }
  };

  static final CheckpointVerifier VERIFIER = (keyId, message, signature) ->
      keyId.equals("k1") && Arrays.equals(signature, SIGNER.sign(message));

  final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  /** Like that of the system, it does not begin at zero. */
  final AtomicLong ticker = new AtomicLong(Duration.ofDays(300).toNanos());

  final List<AuditCheckpoint> checkpoints = new CopyOnWriteArrayList<>();
  final List<Alert> alerts = new CopyOnWriteArrayList<>();
  final SecureRandom random = new SecureRandom();

  AuditLog.Builder builder(Path folder) {
    return AuditLog.builder(folder, SIGNER, checkpoints::add, clock, ticker::get, random)
        .maxWait(Duration.ofSeconds(30))
        .alerts(alerts::add);
  }

  void pass(Duration time) {
    ticker.addAndGet(time.toNanos());
  }

  AuditVerifier verifier() {
    return AuditVerifier.of(VERIFIER);
  }

  AuditReport verify(Path folder) {
    return verifier().withCheckpoints(checkpoints).verify(folder);
  }

  static AuditEntry entry(int number) {
    return AuditEntry.builder(
            "user-" + number % 3, "order.place", "order/" + number, AuditOutcome.SUCCEEDED)
        .correlationId("call-" + number)
        .attribute("symbol", "600519.SH")
        .attribute("note", "number " + number)
        .build();
  }

  static AuditEntry entry(String identity, AuditOutcome outcome, String correlation) {
    return AuditEntry.builder(identity, "order.place", "order/1", outcome)
        .correlationId(correlation)
        .build();
  }

  /** What a collaborator throws that fails. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Closes a log whose longest wait is so short that its thread may not get the time to end in it: then it is asked again. */
  static void end(AuditLog log) {
    Await.until("the log ends", () -> {
      try {
        log.close();
        return true;
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
        return false;
      }
    });
  }
}
