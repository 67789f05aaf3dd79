package io.qilin.security.audit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Semaphore;

/**
 * The process that scenario F2 kills: eight threads record without end, and each acknowledgement and checkpoint is printed.
 * As the planted fault it prints acknowledgements before it records.
 */
final class AuditChild {
  private static final int THREADS = 8;

  private AuditChild() {}

  /** Arguments: the folder, and {@code early} for the planted fault. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    Path folder = Path.of(arguments[0]);
    AuditLog log = AuditLog.builder(
            folder,
            AuditFixture.SIGNER,
            checkpoint -> out.println("checkpoint " + checkpoint),
            Clock.systemUTC(),
            System::nanoTime,
            new SecureRandom())
        .fileBytes(100_000)
        .checkpointRecords(200)
        .open();
    if (arguments.length > 1) {
      early(log, out);
    } else {
      for (int i = 0; i < THREADS; i++) {
        new Thread(() -> write(log, out)).start();
      }
    }
  }

  private static void write(AuditLog log, PrintStream out) {
    Semaphore underWay = new Semaphore(16);
    for (int i = 0; ; i++) {
      underWay.acquireUninterruptibly();
      log.append(AuditFixture.entry(i)).whenComplete((receipt, failure) -> {
        underWay.release();
        if (failure == null) {
          out.println("ack " + receipt.sequence() + " " + receipt.hash());
        } else {
          System.err.println(failure);
        }
      });
    }
  }

  /** Says that fifty records are kept before the first of them is. */
  private static void early(AuditLog log, PrintStream out) {
    AuditHash none = MerkleProofs.leaf(new byte[0]);
    for (int i = 0; ; i++) {
      for (int ahead = 0; ahead < 50; ahead++) {
        out.println("ack " + (i * 50L + ahead + 1) + " " + none);
      }
      for (int ahead = 0; ahead < 50; ahead++) {
        log.record(AuditFixture.entry(i));
      }
    }
  }
}
