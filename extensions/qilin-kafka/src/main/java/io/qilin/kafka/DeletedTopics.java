package io.qilin.kafka;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Finds topics that were deleted while they are read: they bring nothing, as those that are read to their end. The client is
 * asked from time to time while nothing comes. It mostly knows the answer; only when the topic or the broker is away it has to
 * look, and then it is not waited for for long.
 */
final class DeletedTopics {
  private static final int EVERY = 100;
  private static final Duration LONGEST = Duration.ofMillis(100);

  private final Consumer<?, ?> consumer;
  private final List<String> topics;
  private int idle;

  DeletedTopics(Consumer<?, ?> consumer, Set<String> topics) {
    this.consumer = consumer;
    this.topics = List.copyOf(topics);
  }

  /**
   * Is told what came.
   *
   * @throws QilinException DATA_NOT_FOUND if a topic was deleted, each time until it is there again
   */
  void look(boolean nothing) {
    idle = nothing ? idle + 1 : 0;
    if (idle >= EVERY) {
      try {
        topics.forEach(topic -> KafkaClients.partitions(consumer, topic, LONGEST));
      } catch (TimeoutException e) {
        // The broker is away, which is told otherwise.
      }
      idle = 0;
    }
  }
}
