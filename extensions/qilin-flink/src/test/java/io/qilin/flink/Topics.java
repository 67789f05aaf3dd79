package io.qilin.flink;

import io.qilin.data.stream.StreamCodec;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes messages into topics and reads what jobs have made. */
final class Topics {
  private static final Duration GUARD = Duration.ofMinutes(2);

  private Topics() {}

  /** Writes messages, each into the partition that its source names; damaged ones without a payload. */
  static void send(String bootstrap, String topic, List<SourceMessage> messages) throws Exception {
    Map<String, Object> settings = Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ProducerConfig.LINGER_MS_CONFIG, 1);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (SourceMessage message : messages) {
        String source = message.source();
        int partition = Integer.parseInt(source.substring(source.lastIndexOf('-') + 1));
        byte[] payload = message.isDamaged() ? null : message.bytes();
        sent.add(producer.send(new ProducerRecord<>(topic, partition, null, payload)));
      }
      for (Future<?> each : sent) {
        each.get();
      }
    }
  }

  /** Reads all that is committed in the one partition of a topic, up to the end of its last transaction. */
  static List<ConsumerRecord<byte[], byte[]>> committed(String bootstrap, String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap)) {
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
      long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      long guard = System.nanoTime() + GUARD.toNanos();
      while (consumer.position(partition) < end) {
        if (System.nanoTime() > guard) {
          throw new AssertionError(
              "only " + records.size() + " records in " + topic + " to " + end);
        }
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /** Writes a committed record of a topic once more. */
  static void again(String bootstrap, String topic) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> records = committed(bootstrap, topic);
    ConsumerRecord<byte[], byte[]> record = records.get(records.size() / 2);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
        new ByteArraySerializer(),
        new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, record.key(), record.value())).get();
    }
  }

  /** Waits until a topic has more committed records than so many. */
  static void awaitMore(String bootstrap, String topic, long count) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap)) {
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
      long found = 0;
      long guard = System.nanoTime() + GUARD.toNanos();
      while (found <= count) {
        if (System.nanoTime() > guard) {
          throw new AssertionError("only " + found + " records in " + topic);
        }
        found += consumer.poll(Duration.ofMillis(100)).count();
      }
    }
  }

  /** Waits until a group has read all messages. */
  static void awaitRead(String bootstrap, String group, List<SourceMessage> messages)
      throws Exception {
    Map<String, Long> ends = new TreeMap<>();
    messages.forEach(m -> ends.merge(m.source(), m.position() + 1, Math::max));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      long guard = System.nanoTime() + GUARD.toNanos();
      while (true) {
        var offsets = admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(60, TimeUnit.SECONDS);
        boolean all = ends.entrySet().stream()
            .allMatch(end -> offsets.entrySet().stream()
                .anyMatch(o -> o.getValue() != null
                    && o.getKey().toString().equals(end.getKey())
                    && o.getValue().offset() >= end.getValue()));
        if (all) {
          return;
        }
        if (System.nanoTime() > guard) {
          throw new AssertionError("read " + offsets + " of " + ends);
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
    Map<String, Object> settings = Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrap,
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static <T> List<T> values(List<ConsumerRecord<byte[], byte[]>> records, StreamCodec<T> codec) {
    List<T> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        values.add(codec.read(new DataInputStream(new ByteArrayInputStream(record.value()))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return values;
  }

  /** How often each id is there. */
  static Map<String, Integer> ids(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    records.forEach(record -> counts.merge(
        new String(
            record.headers().lastHeader(KafkaRecords.ID).value(),
            java.nio.charset.StandardCharsets.UTF_8),
        1,
        Integer::sum));
    return counts;
  }
}
