package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {
  @TempDir
  Path folder;

  @Test
  void whenStoppedAndStartedAgain_thenItKeepsItsRecordsAndItsPort() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      String address = broker.bootstrap();
      broker.createTopic("letters", 1);
      try (var producer = new KafkaProducer<>(
          Map.of("bootstrap.servers", address), new StringSerializer(), new StringSerializer())) {
        producer.send(new ProducerRecord<>("letters", "a")).get();
        broker.stop();
        assertThat(broker.running()).isFalse();
        broker.start();
        assertThat(broker.bootstrap()).isEqualTo(address);
        producer.send(new ProducerRecord<>("letters", "b")).get();
      }
      assertThat(all(address, 2)).containsExactly("a", "b");
    }
  }

  private static List<String> all(String address, int count) {
    try (var consumer = new KafkaConsumer<>(
        Map.of("bootstrap.servers", address), new StringDeserializer(), new StringDeserializer())) {
      var partition = new TopicPartition("letters", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<String> values = new ArrayList<>();
      for (int polls = 0; values.size() < count && polls < 600; polls++) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
