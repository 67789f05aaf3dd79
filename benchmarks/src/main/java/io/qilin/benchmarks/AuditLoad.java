package io.qilin.benchmarks;

import io.qilin.security.audit.AuditEntry;
import io.qilin.security.audit.AuditLog;
import io.qilin.security.audit.AuditOutcome;
import io.qilin.security.audit.CheckpointSigner;
import io.qilin.security.audit.Ed25519Checkpoints;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How many durable records a second does the audit log take, and how long does an acknowledgement take?
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.AuditLoad FOLDER [ROUNDS]
 * </pre>
 *
 * <p>Eight threads with 128 entries under way each, then one thread that waits for each; beside them a bare file to which the
 * same number of bytes is appended and forced, one record at a time. In turns, in one process; each line is a round.
 */
public final class AuditLoad {
  private static final int THREADS = 8;
  private static final int UNDER_WAY = 128;
  private static final int EACH = 10_000;
  private static final int SINGLE = 400;
  private static final int RECORD_BYTES = 400;

  private AuditLoad() {}

  /**
   * Measures and prints.
   *
   * @param args a folder on the disk to measure, and how many rounds; 5 unless given
   * @throws IOException if the folder cannot be written
   * @throws GeneralSecurityException if there is no Ed25519
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args)
      throws IOException, GeneralSecurityException, InterruptedException {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    CheckpointSigner signer = Ed25519Checkpoints.signer(
        "k", KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
    for (int round = 0; round < rounds; round++) {
      out.println("8 threads   " + audit(Path.of(args[0]), signer, THREADS, EACH, UNDER_WAY));
      out.println("1 thread    " + audit(Path.of(args[0]), signer, 1, SINGLE, 1));
      out.println("bare file   " + bare(Path.of(args[0])));
    }
  }

  private static String audit(
      Path folder, CheckpointSigner signer, int threads, int each, int underWay)
      throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(folder, "audit");
    Histogram nanos = new ConcurrentHistogram(3);
    long begin;
    long end;
    try (AuditLog log = AuditLog.builder(
            own, signer, checkpoint -> {}, Clock.systemUTC(), System::nanoTime, new SecureRandom())
        .open()) {
      List<Thread> all = new ArrayList<>();
      begin = System.nanoTime();
      for (int i = 0; i < threads; i++) {
        Thread thread = new Thread(() -> write(log, each, underWay, nanos));
        all.add(thread);
        thread.start();
      }
      for (Thread thread : all) {
        thread.join();
      }
      end = System.nanoTime();
    }
    return line(nanos, end - begin);
  }

  private static void write(AuditLog log, int each, int underWay, Histogram nanos) {
    Semaphore room = new Semaphore(underWay);
    for (int i = 0; i < each; i++) {
      room.acquireUninterruptibly();
      AuditEntry entry = AuditEntry.builder(
              "user-" + i % 7, "order.place", "order/" + i, AuditOutcome.SUCCEEDED)
          .correlationId("call-" + i)
          .attribute("symbol", "600519.SH")
          .attribute("side", "BUY")
          .build();
      long handed = System.nanoTime();
      log.append(entry).thenAccept(receipt -> {
        nanos.recordValue(System.nanoTime() - handed);
        room.release();
      });
    }
    room.acquireUninterruptibly(underWay);
  }

  private static String bare(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "bare", ".log");
    Histogram nanos = new Histogram(3);
    long begin = System.nanoTime();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SINGLE; i++) {
        long start = System.nanoTime();
        channel.write(ByteBuffer.allocate(RECORD_BYTES));
        channel.force(false);
        nanos.recordValue(System.nanoTime() - start);
      }
    }
    long end = System.nanoTime();
    Files.delete(file);
    return line(nanos, end - begin);
  }

  private static String line(Histogram nanos, long took) {
    return String.format(
        Locale.ROOT,
        "%,9.0f records/s, acknowledged p50 %.1f ms, p99 %.1f ms, max %.1f ms",
        nanos.getTotalCount() * 1e9 / took,
        nanos.getValueAtPercentile(50) / 1e6,
        nanos.getValueAtPercentile(99) / 1e6,
        nanos.getMaxValue() / 1e6);
  }
}
