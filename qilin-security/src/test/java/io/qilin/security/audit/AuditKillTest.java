package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.fault.FaultRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenario F2: the process is killed while eight threads record; this process keeps what was acknowledged. */
@Tag("fault")
@Tag("F2")
class AuditKillTest {
  /** Kills of processes that go on with one log. */
  private static final int SAME_LOG = 5;

  private final Map<Long, AuditHash> acks = new HashMap<>();
  private final List<AuditCheckpoint> checkpoints = new ArrayList<>();

  @TempDir
  Path folder;

  @Test
  void whenTheProcessIsKilled_thenEveryAcknowledgedRecordIsThereAndTheChainGoesOn()
      throws IOException, InterruptedException {
    FaultRun run = FaultRun.of("F2", 1);
    Random random = run.random();
    long acknowledged = 0;
    long torn = 0;
    long lost = 0;
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < run.n(); i++) {
      Path log = folder.resolve("log" + i / SAME_LOG);
      if (i % SAME_LOG == 0) {
        acks.clear();
        checkpoints.clear();
      }
      int before = acks.size();
      kill(log, random.nextInt(250));
      acknowledged += acks.size() - before;
      long missing = missing(log);
      lost += missing;
      if (missing > 0) {
        faults.add("kill " + i + " lost " + missing);
      } else {
        torn += goesOn(log);
      }
    }
    System.out.println(run.report(
        lost, Map.of("acknowledged", acknowledged, "tornTails", torn, "kills", run.n())));
    assertThat(faults).isEmpty();
    assertThat(acknowledged).isPositive();
  }

  @Test
  void whenTheWriterAcknowledgesBeforeItWrites_thenTheScenarioSeesRecordsLost()
      throws IOException, InterruptedException {
    kill(folder.resolve("planted"), 20, "early");
    assertThat(missing(folder.resolve("planted"))).isPositive();
  }

  /** Starts the process, kills it so many milliseconds after its first acknowledgement, and keeps what it said. */
  private void kill(Path log, int millis, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        AuditChild.class.getName(),
        log.toString()));
    Collections.addAll(command, more);
    Path said = folder.resolve("stderr");
    Process child = new ProcessBuilder(command).redirectError(said.toFile()).start();
    CountDownLatch first = new CountDownLatch(1);
    Thread reader = new Thread(() -> read(child, first));
    reader.start();
    boolean began = first.await(60, TimeUnit.SECONDS);
    if (!began) {
      boolean alive = child.isAlive();
      child.toHandle().destroyForcibly();
      assertThat(began)
          .as("the child began to record; alive: %s; it said: %s", alive, Files.readString(said))
          .isTrue();
    }
    boolean ended = child.waitFor(millis, TimeUnit.MILLISECONDS);
    // Not by the process itself, which would close the pipe with what is still in it.
    child.toHandle().destroyForcibly();
    child.waitFor();
    reader.join();
    assertThat(ended).as("the child ended by itself").isFalse();
  }

  private void read(Process child, CountDownLatch first) {
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line, first);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A line that the kill cut in two is no acknowledgement. */
  private void take(String line, CountDownLatch first) {
    if (line.matches("ack [0-9]+ [0-9a-f]{64}")) {
      String[] parts = line.split(" ");
      acks.put(Long.parseLong(parts[1]), AuditHash.parse(parts[2]));
      first.countDown();
    } else if (line.matches("checkpoint .*[A-Za-z0-9_-]{43}")) {
      checkpoints.add(AuditCheckpoint.parse(line.substring("checkpoint ".length())));
    }
  }

  /** How many acknowledged records are not there, read without opening the log for writing. */
  private long missing(Path log) throws IOException {
    Map<Long, AuditHash> there = new HashMap<>();
    new LogScan(log, 1, Long.MAX_VALUE, new ScanVisitor() {
          @Override
          public void record(StoredRecord stored, Path file, ChainState chain) {
            there.put(stored.record().sequence(), stored.record().hash());
          }
        })
        .run();
    return acks.entrySet().stream()
        .filter(ack -> !ack.getValue().equals(there.get(ack.getKey())))
        .count();
  }

  /** Opens the log, records one more and verifies all of it; 1 if something was cut off. */
  private int goesOn(Path log) {
    AuditFixture fixture = new AuditFixture();
    AuditLog.Builder builder = fixture.builder(log).fileBytes(100_000).checkpointRecords(200);
    if (!checkpoints.isEmpty()) {
      builder.expected(checkpoints.get(checkpoints.size() - 1));
    }
    int cut;
    try (AuditLog opened = builder.open()) {
      cut = opened.recovery().cutBytes() > 0 ? 1 : 0;
      long size = opened.recovery().size();
      AuditReceipt next =
          opened.append(AuditFixture.entry(1)).toCompletableFuture().join();
      assertThat(next.sequence()).isEqualTo(size + 1);
      acks.put(next.sequence(), next.hash());
    }
    checkpoints.addAll(fixture.checkpoints);
    assertThat(fixture.verifier().withCheckpoints(checkpoints).verify(log).finding())
        .isEmpty();
    return cut;
  }
}
