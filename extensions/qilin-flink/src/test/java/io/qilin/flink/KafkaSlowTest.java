package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.kafka.KafkaBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker behind a slow line costs time, not windows; and the check of the outcome sees a duplicate. */
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
  void whenTheLineIsSlow_thenNothingIsLostAndAPlantedDuplicateIsSeen() throws Exception {
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

      plantAgain(broker, KafkaJob.WINDOWS);
      plantAgain(broker, KafkaJob.LETTERS);
      Map<String, Integer> planted = new TreeMap<>(figures);
      planted.put("duplicateWindows", 1);
      planted.put("duplicateLetters", 1);
      planted.put("disorder", 1);
      assertThat(Outcome.figures(broker.bootstrap(), SEED, messages)).isEqualTo(planted);
    }
  }

  private static void plantAgain(KafkaBroker broker, String topic) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> records =
        new ArrayList<>(Topics.committed(broker.bootstrap(), topic));
    ConsumerRecord<byte[], byte[]> record = records.get(records.size() / 2);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrap()),
        new ByteArraySerializer(),
        new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(topic, record.key(), record.value()))
          .get(60, TimeUnit.SECONDS);
    }
  }
}
