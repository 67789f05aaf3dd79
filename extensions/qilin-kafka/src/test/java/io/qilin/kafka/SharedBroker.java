package io.qilin.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One broker for all test classes of a JVM that name this extension; it is stopped with the last. */
final class SharedBroker implements BeforeAllCallback {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static KafkaBroker broker;

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent("kafka", key -> new Running(), Running.class);
  }

  static KafkaBroker broker() {
    return broker;
  }

  static KafkaSettings settings() {
    return KafkaSettings.builder(broker.bootstrap())
        .property("fetch.max.wait.ms", "20")
        .build();
  }

  /** A topic of its own for a test. */
  static String topic(int partitions) {
    String name = "topic-" + NAMES.incrementAndGet();
    broker.createTopic(name, partitions);
    return name;
  }

  static void deleteTopic(String name) throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(name)).all().get();
    }
  }

  static void addPartition(String topic, int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
          .all()
          .get();
    }
  }

  /** Forgets what stands before an offset of the first partition, as retention does. */
  static void forget(String topic, long before) throws Exception {
    try (Admin admin = admin()) {
      RecordsToDelete old = RecordsToDelete.beforeOffset(before);
      admin.deleteRecords(Map.of(new TopicPartition(topic, 0), old)).all().get();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
  }

  private static final class Running implements AutoCloseable {
    private final Path folder;

    Running() {
      try {
        folder = Files.createTempDirectory("kafka");
        broker = KafkaBroker.start(
            folder.resolve("broker"),
            Map.of(
                "group.min.session.timeout.ms", "500",
                "group.consumer.min.heartbeat.interval.ms", "100",
                "group.consumer.heartbeat.interval.ms", "100"));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() throws IOException {
      broker.stop();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
