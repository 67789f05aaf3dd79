package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.stream.RecentIds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads back which messages a writer has in a topic: those among the last records of each partition. It reads up to the end
 * that the partition had when it began, and so waits for transactions that are open there.
 */
final class WrittenIds {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int BATCH = 5000;

  private final SinkBuilder<?> sink;

  WrittenIds(SinkBuilder<?> sink) {
    this.sink = sink;
  }

  /**
   * The ids.
   *
   * @throws QilinException TIMEOUT if another writer keeps a transaction open for longer than the deadline; DATA_NOT_FOUND if
   *     there is no such topic
   */
  RecentIds read() {
    Map<String, Object> properties = sink.settings.consumer("unused", BATCH);
    properties.remove("group.id");
    if (!sink.transactional) {
      properties.put("isolation.level", "read_uncommitted");
    }
    Consumer<byte[], byte[]> consumer = KafkaClients.consumer(sink.settings, properties);
    try {
      return read(consumer);
    } finally {
      KafkaClients.close(consumer);
    }
  }

  private RecentIds read(Consumer<byte[], byte[]> consumer) {
    Map<TopicPartition, OffsetSpec> ends =
        KafkaClients.partitions(consumer, sink.topic, sink.settings.deadline()).stream()
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Map<TopicPartition, Long> left = new HashMap<>();
    KafkaClients.ask(
            sink.settings,
            "asking for the ends of " + sink.topic,
            admin -> admin
                .listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all())
        .forEach((partition, end) -> left.put(partition, end.offset()));
    consumer.assign(ends.keySet());
    consumer
        .beginningOffsets(ends.keySet())
        .forEach((partition, first) -> consumer.seek(
            partition, Math.max(first, left.getOrDefault(partition, 0L) - sink.remembered)));
    RecentIds ids = new RecentIds((long) sink.remembered * ends.size());
    long patience = sink.settings.deadline().dividedBy(PAUSE);
    while (anyLeft(consumer, left)) {
      boolean found = false;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PAUSE)) {
        found = true;
        if (RecordHeaders.text(record.headers(), KafkaHeaders.WRITER).equals(sink.writer)) {
          ids.add(RecordHeaders.id(record));
        }
      }
      patience = found ? sink.settings.deadline().dividedBy(PAUSE) : patience - 1;
      if (patience < 0) {
        throw new QilinException(
            ErrorCode.TIMEOUT,
            "what " + sink.topic + " holds could not be read to its end within "
                + sink.settings.deadline() + ": another writer has a transaction open there, or the"
                + " broker is slow; try again");
      }
    }
    return ids;
  }

  private static boolean anyLeft(Consumer<?, ?> consumer, Map<TopicPartition, Long> left) {
    left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    return !left.isEmpty();
  }
}
