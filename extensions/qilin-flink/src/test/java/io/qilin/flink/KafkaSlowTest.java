package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.kafka.KafkaBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A broker behind a slow line costs time, not windows. Run by hand, as {@link ClusterTest}: {@code -Dqilin.flink.cluster=true}. */
@EnabledIfSystemProperty(named = "qilin.flink.cluster", matches = "true")
@Timeout(120)
class KafkaSlowTest {
  private static final long SEED = 7;
  private static final long DELAY_MILLIS = 5;

  private static LocalCluster cluster;

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

  /** The job's listener is advertised at the proxy, the test's own at the broker. */
  private static KafkaBroker broker(Path folder, int slow, int proxy) {
    return KafkaBroker.start(
        folder,
        Map.of(
            "listeners",
            "PLAINTEXT://127.0.0.1:@P@,CONTROLLER://127.0.0.1:@C@,SLOW://127.0.0.1:" + slow,
            "advertised.listeners",
            "PLAINTEXT://127.0.0.1:@P@,SLOW://127.0.0.1:" + proxy,
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SLOW:PLAINTEXT"));
  }

  @Test
  void whenTheLineIsSlow_thenNothingIsLostOrTwice() throws Exception {
    int slow;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      slow = socket.getLocalPort();
    }
    List<SourceMessage> messages = RandomLog.messages(SEED, 200, 2, Duration.ofSeconds(2));
    try (SlowProxy proxy = new SlowProxy(slow, DELAY_MILLIS);
        KafkaBroker broker = broker(folder.resolve("broker"), slow, proxy.port())) {
      broker.createTopic(KafkaJob.IN, 2);
      broker.createTopic(KafkaJob.WINDOWS, 1);
      broker.createTopic(KafkaJob.LETTERS, 1);
      Topics.send(broker.bootstrap(), KafkaJob.IN, messages);
      KafkaJob job = new KafkaJob(cluster, "127.0.0.1:" + proxy.port(), SEED, 2);
      JobClient client = job.start(2, Duration.ofMillis(300), "");
      Topics.awaitRead(broker.bootstrap(), "job", messages);
      KafkaJob.drain(client, folder.resolve("drained").toUri().toString());
      assertThat(proxy.pieces()).isGreaterThan(50);
      Map<String, Integer> figures = Outcome.figures(broker.bootstrap(), SEED, messages);
      assertThat(figures.get("windows")).isPositive();
      assertThat(Outcome.faults(figures)).as("%s", figures).isZero();
    }
  }
}
