package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.kafka.KafkaBroker;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Task managers that are processes of their own are killed (SIGKILL) while their job reads from and writes to Kafka: nothing is
 * lost, twice or altered. Starting processes takes long, so that it is run by hand: {@code -Dqilin.flink.cluster=true}, with
 * {@code -Dqilin.fault.n=50} for more kills than one.
 */
@EnabledIfSystemProperty(named = "qilin.flink.cluster", matches = "true")
@Timeout(3_600)
class ClusterTest {
  private static final int PARTITIONS = 2;
  private static final int CHUNK = 150;
  private static final String LOOPBACK = "127.0.0.1";

  @TempDir
  Path folder;

  private KafkaBroker broker;
  private ClusterChild jobManager;
  private final List<ClusterChild> taskManagers = new ArrayList<>();
  private int started;
  private int rest;

  @BeforeEach
  void start() throws Exception {
    broker = KafkaBroker.start(folder.resolve("broker"));
    broker.createTopic(KafkaJob.IN, PARTITIONS);
    broker.createTopic(KafkaJob.WINDOWS, 1);
    broker.createTopic(KafkaJob.LETTERS, 1);
    rest = ClusterChild.settings(folder.resolve("conf"));
    jobManager = ClusterChild.jobManager(folder.resolve("conf"), folder.resolve("jm"));
    startTaskManager();
    startTaskManager();
    awaitListening();
  }

  private void startTaskManager() throws IOException {
    taskManagers.add(
        ClusterChild.taskManager(folder.resolve("conf"), folder.resolve("tm" + started++)));
  }

  private void awaitListening() {
    long guard = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!listens()) {
      if (System.nanoTime() > guard) {
        throw new AssertionError("no job manager at port " + rest);
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getByName(LOOPBACK), rest)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (ClusterChild each : taskManagers) {
      each.kill();
    }
    jobManager.kill();
    broker.stop();
  }

  @Test
  void whenTaskManagersAreKilled_thenNothingIsLostTwiceOrAltered() throws Exception {
    FaultRun run = FaultRun.of("flink-cluster", 1);
    Random random = run.random();
    List<SourceMessage> messages =
        RandomLog.messages(run.seed(), CHUNK * (run.n() + 1), PARTITIONS, Duration.ofSeconds(2));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createRemoteEnvironment(
        LOOPBACK, rest, KafkaJob.settings(Duration.ofMillis(100), ""));
    environment.setParallelism(2);
    KafkaJob.build(environment, broker.bootstrap(), run.seed(), PARTITIONS);
    JobClient job = environment.executeAsync("cluster");
    int sent = 0;
    for (int kill = 0; kill < run.n(); kill++) {
      int end = messages.size() * (kill + 1) / (run.n() + 1);
      long before = Topics.committed(broker.bootstrap(), KafkaJob.LETTERS).size();
      int half = (sent + end) / 2;
      Topics.send(broker.bootstrap(), KafkaJob.IN, messages.subList(sent, half));
      if (random.nextBoolean()) {
        Topics.awaitMore(broker.bootstrap(), KafkaJob.LETTERS, before);
      } else {
        Topics.awaitRead(broker.bootstrap(), "job", messages.subList(sent, half));
      }
      Topics.send(broker.bootstrap(), KafkaJob.IN, messages.subList(half, end));
      LockSupport.parkNanos(random.nextInt(200) * 1_000_000L);
      taskManagers.remove(random.nextInt(taskManagers.size())).kill();
      startTaskManager();
      sent = end;
    }
    Topics.send(broker.bootstrap(), KafkaJob.IN, messages.subList(sent, messages.size()));
    Topics.awaitRead(broker.bootstrap(), "job", messages);
    KafkaJob.drain(job, folder.resolve("drained").toUri().toString());
    Map<String, Integer> figures = Outcome.figures(broker.bootstrap(), run.seed(), messages);
    Outcome.report(run.report(Outcome.faults(figures), figures));
    assertThat(figures.get("windows")).isPositive();
    assertThat(figures.get("letters")).isPositive();
    assertThat(Outcome.faults(figures)).as("%s", figures).isZero();
  }
}
