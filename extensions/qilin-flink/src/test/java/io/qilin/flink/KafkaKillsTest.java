package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.kafka.KafkaBroker;
import io.qilin.testkit.fault.FaultRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Task managers and the broker are killed while a job reads from and writes to Kafka; nothing is lost or twice. The full run is
 * {@code -Dqilin.fault.n=50}.
 */
class KafkaKillsTest {
  private static final int PARTITIONS = 2;
  private static final int CHUNK = 150;

  private static LocalCluster cluster;
  private KafkaBroker broker;

  @TempDir
  Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  @BeforeEach
  void startBroker() {
    broker = KafkaBroker.start(folder.resolve("broker"));
    broker.createTopic(KafkaJob.IN, PARTITIONS);
    broker.createTopic(KafkaJob.WINDOWS, 1);
    broker.createTopic(KafkaJob.LETTERS, 1);
  }

  @AfterEach
  void stopBroker() {
    broker.stop();
  }

  @Test
  void whenTaskManagersAndTheBrokerAreKilled_thenNothingIsLostOrTwice() throws Exception {
    FaultRun run = FaultRun.of("flink-kafka", 2);
    Random random = run.random();
    long seed = run.seed();
    int kills = run.n();
    List<SourceMessage> messages =
        RandomLog.messages(seed, CHUNK * (kills + 1), PARTITIONS, Duration.ofSeconds(2));
    KafkaJob job = new KafkaJob(cluster, broker.bootstrap(), seed, PARTITIONS);
    JobClient client = job.start(2);
    job.awaitRunning(client);
    List<Integer> alive = new ArrayList<>(List.of(0, 1));
    int started = 2;
    int sent = 0;
    for (int kill = 0; kill < kills; kill++) {
      int end = messages.size() * (kill + 1) / (kills + 1);
      long before = Topics.committed(broker.bootstrap(), KafkaJob.LETTERS).size();
      Topics.send(broker.bootstrap(), KafkaJob.IN, messages.subList(sent, end));
      sent = end;
      if (random.nextBoolean()) {
        Topics.awaitMore(broker.bootstrap(), KafkaJob.LETTERS, before);
      }
      if (kill % 2 == 1) {
        broker.stop();
        broker.start();
      } else {
        int killed = alive.remove(random.nextInt(alive.size()));
        cluster.cluster().terminateTaskManager(killed).get(60, TimeUnit.SECONDS);
        cluster.cluster().startTaskManager();
        alive.add(started++);
      }
      job.awaitRunning(client);
    }
    // The rest is read with another parallelism, from a savepoint.
    String savepoint = client
        .stopWithSavepoint(
            false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
        .get(120, TimeUnit.SECONDS);
    JobClient wider = job.start(3, Duration.ofMillis(100), savepoint);
    Topics.send(broker.bootstrap(), KafkaJob.IN, messages.subList(sent, messages.size()));
    job.awaitRunning(wider);
    Topics.awaitRead(broker.bootstrap(), "job", messages);
    KafkaJob.drain(wider, folder.resolve("drained").toUri().toString());

    Map<String, Integer> figures = Outcome.figures(broker.bootstrap(), seed, messages);
    Outcome.report(run.report(Outcome.faults(figures), figures));
    assertThat(figures.get("windows")).isPositive();
    assertThat(figures.get("letters")).isPositive();
    assertThat(Outcome.faults(figures)).as("%s", figures).isZero();
    assertPlantedDuplicatesAreSeen(run.seed(), messages, figures);
  }

  private void assertPlantedDuplicatesAreSeen(
      long seed, List<SourceMessage> messages, Map<String, Integer> figures) throws Exception {
    Topics.again(broker.bootstrap(), KafkaJob.WINDOWS);
    Topics.again(broker.bootstrap(), KafkaJob.LETTERS);
    Map<String, Integer> planted = new TreeMap<>(figures);
    planted.put("duplicateWindows", 1);
    planted.put("duplicateLetters", 1);
    planted.put("disorder", 1);
    assertThat(Outcome.figures(broker.bootstrap(), seed, messages)).isEqualTo(planted);
  }

  @Test
  void whenAJobBeginsAnewWithoutItsState_thenTheCheckSeesTheLoss() throws Exception {
    long seed = 7;
    List<SourceMessage> messages =
        RandomLog.messages(seed, 2 * CHUNK, PARTITIONS, Duration.ofSeconds(2));
    KafkaJob job = new KafkaJob(cluster, broker.bootstrap(), seed, PARTITIONS);
    List<SourceMessage> half = messages.subList(0, messages.size() / 2);
    Topics.send(broker.bootstrap(), KafkaJob.IN, half);
    JobClient client = job.start(2);
    job.awaitRunning(client);
    Topics.awaitRead(broker.bootstrap(), "job", half);
    client.cancel().get(60, TimeUnit.SECONDS);
    awaitEnd(client);
    JobClient anew = job.start(2);
    Topics.send(broker.bootstrap(), KafkaJob.IN, messages.subList(half.size(), messages.size()));
    Topics.awaitRead(broker.bootstrap(), "job", messages);
    KafkaJob.drain(anew, folder.resolve("drained").toUri().toString());
    assertThat(Outcome.faults(Outcome.figures(broker.bootstrap(), seed, messages)))
        .isPositive();
  }

  private static void awaitEnd(JobClient client) throws Exception {
    for (int looks = 0; !ended(client); looks++) {
      assertThat(looks).as("looks at a job that was cancelled").isLessThan(20_000);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static boolean ended(JobClient client) throws Exception {
    return client.getJobStatus().get(60, TimeUnit.SECONDS).isGloballyTerminalState();
  }
}
