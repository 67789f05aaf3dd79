package io.qilin.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
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
    return KafkaSettings.builder(broker.bootstrap()).build();
  }

  /** A topic of its own for a test. */
  static String topic(int partitions) {
    String name = "topic-" + NAMES.incrementAndGet();
    broker.createTopic(name, partitions);
    return name;
  }

  private static final class Running implements AutoCloseable {
    Running() {
      try {
        Path folder = Files.createTempDirectory(Path.of("target"), "kafka");
        broker = KafkaBroker.start(folder.resolve("broker"));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      broker.stop();
    }
  }
}
