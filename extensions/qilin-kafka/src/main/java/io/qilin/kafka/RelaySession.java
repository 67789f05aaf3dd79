package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamMessage;
import io.qilin.data.stream.DeadLetterReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;

/** The connections of a relay, from one failure to the next. */
final class RelaySession {
  private static final int MOST_DEAD_BYTES = 1 << 16;
  private static final int MOST_WAITING_BYTES = 16 << 20;

  private final RelayBuilder settings;
  private final Consumer<byte[], byte[]> consumer;
  private final DeletedTopics deleted;
  private KafkaWriter writer;

  /** Whether the last step failed, so that it is not known whether its transaction is there. */
  private boolean doubtful;

  /** What is committed with the offsets of the partitions. */
  private final Map<TopicPartition, String> notes = new HashMap<>();

  /** The topics that were found to exist. */
  private final Set<String> targets = new HashSet<>();

  private RelaySession(
      RelayBuilder settings, Consumer<byte[], byte[]> consumer, KafkaWriter writer) {
    this.settings = settings;
    this.consumer = consumer;
    this.writer = writer;
    this.deleted = new DeletedTopics(consumer, settings.topics.keySet());
  }

  /** Opens the writer first, so that what an earlier one has left is ended before offsets are read. */
  static RelaySession open(RelayBuilder settings) {
    KafkaWriter writer = writer(settings);
    boolean opened = false;
    Consumer<byte[], byte[]> consumer = null;
    try {
      consumer = KafkaClients.consumer(settings.settings, settings.consumer());
      RelaySession session = new RelaySession(settings, consumer, writer);
      for (String topic : settings.topics.keySet()) {
        KafkaClients.partitions(consumer, topic, settings.settings.deadline());
      }
      RecordLimit.require(
          settings.settings, settings.deadLetters, session.mostDead() + SinkBuilder.FRAME_BYTES);
      consumer.subscribe(settings.topics.keySet(), session.new Assignment());
      opened = true;
      return session;
    } finally {
      if (!opened) {
        writer.discard();
        if (consumer != null) {
          KafkaClients.close(consumer);
        }
      }
    }
  }

  private static KafkaWriter writer(RelayBuilder settings) {
    return KafkaWriter.open(
        settings.settings, settings.mostBytes + SinkBuilder.FRAME_BYTES, settings.writer, true);
  }

  /**
   * Opens the writer again after a step that failed, which ends the transaction one way or the other, and goes to where the group
   * then is. The member stays in its group: who left it without a word would keep its partitions until the session ends.
   */
  private void mend() {
    writer.discard();
    writer = writer(settings);
    begin(consumer.assignment());
  }

  /** Says where partitions begin. The client is not asked to: it would pass over in silence what is forgotten. */
  private void begin(Collection<TopicPartition> partitions) {
    StartPositions.of(partitions, consumer, settings.settings.deadline(), settings.start)
        .forEach((partition, from) -> {
          notes.put(partition, from.metadata());
          consumer.seek(partition, from.offset());
        });
  }

  /**
   * Takes one batch; its transaction is whole when this returns. It begins when all is handled, as a broker ends one that
   * lasts for longer than a minute, and holds up the readers of its topics meanwhile; only what does not fit into memory is
   * sent before.
   */
  int step() {
    if (doubtful) {
      mend();
    }
    doubtful = true;
    ConsumerRecords<byte[], byte[]> records = consumer.poll(settings.wait);
    deleted.look(records.isEmpty());
    if (!records.isEmpty()) {
      relay(records);
    }
    doubtful = false;
    return records.count();
  }

  private void relay(ConsumerRecords<byte[], byte[]> records) {
    List<ProducerRecord<byte[], byte[]>> waiting = new ArrayList<>();
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      for (ProducerRecord<byte[], byte[]> result : results(record)) {
        waiting.add(result);
        bytes += RecordHeaders.bytes(result);
      }
      if (bytes > MOST_WAITING_BYTES) {
        send(waiting);
        bytes = 0;
      }
    }
    send(waiting);
    writer.offsets(offsets(records), consumer.groupMetadata());
    writer.commit();
  }

  private void send(List<ProducerRecord<byte[], byte[]>> waiting) {
    for (ProducerRecord<byte[], byte[]> result : waiting) {
      if (targets.add(result.topic())) {
        KafkaClients.partitions(consumer, result.topic(), settings.settings.deadline());
      }
      writer.send(result);
    }
    waiting.clear();
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(ConsumerRecords<?, ?> records) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    records
        .nextOffsets()
        .forEach((partition, next) -> offsets.put(
            partition,
            new OffsetAndMetadata(
                next.offset(), next.leaderEpoch(), notes.getOrDefault(partition, ""))));
    return offsets;
  }

  private int mostDead() {
    return Math.min(MOST_DEAD_BYTES, settings.mostBytes);
  }

  private List<ProducerRecord<byte[], byte[]>> results(ConsumerRecord<byte[], byte[]> record) {
    RelayTopic topic = settings.topics.get(record.topic());
    byte[] value = record.value();
    if (topic == null || value == null) {
      return List.of(dead(record, DeadLetterReason.DAMAGED, "the record has no payload"));
    }
    if (value.length > settings.mostBytes) {
      String why =
          "the payload has " + value.length + " bytes, and " + settings.mostBytes + " at most";
      return List.of(dead(record, DeadLetterReason.DAMAGED, why));
    }
    byte[] payload;
    try {
      payload = topic.schemas().read(record.headers(), value);
    } catch (QilinException e) {
      return List.of(dead(record, DeadLetterReason.UNREADABLE, String.valueOf(e.getMessage())));
    }
    RelayOutput output = new RelayOutput(settings.writer, settings.mostBytes);
    try {
      topic.handler().handle(message(record, payload), output);
      return output.records();
    } catch (RuntimeException e) {
      requireGoingOn(e);
      String why = e instanceof QilinException ? String.valueOf(e.getMessage()) : e.toString();
      return List.of(dead(record, DeadLetterReason.HANDLER_FAILED, why));
    }
  }

  /** A message is not set aside because its thread was told to stop. */
  private static void requireGoingOn(RuntimeException e) {
    boolean told = e instanceof QilinException known && known.code() == ErrorCode.CANCELLED;
    if (told || e instanceof InterruptException || Thread.currentThread().isInterrupted()) {
      throw e;
    }
  }

  private static StreamMessage<ByteBuffer> message(
      ConsumerRecord<byte[], byte[]> record, byte[] payload) {
    return new StreamMessage<>(
        RecordHeaders.id(record),
        record.offset(),
        RecordHeaders.key(record),
        RecordHeaders.eventTime(record),
        ByteBuffer.wrap(payload).asReadOnlyBuffer());
  }

  private ProducerRecord<byte[], byte[]> dead(
      ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String why) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    int most = mostDead();
    byte[] payload = value.length > most ? Arrays.copyOf(value, most) : value;
    String source = record.topic() + "-" + record.partition();
    byte[] key = source.getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(settings.deadLetters, key, payload);
    Headers headers = letter.headers();
    RecordHeaders.add(headers, KafkaHeaders.ID, source + "@" + record.offset());
    RecordHeaders.add(headers, KafkaHeaders.WRITER, settings.writer);
    RecordHeaders.add(headers, KafkaHeaders.DEAD_REASON, reason.name());
    RecordHeaders.add(headers, KafkaHeaders.DEAD_MESSAGE, why);
    RecordHeaders.add(headers, KafkaHeaders.DEAD_SOURCE, source);
    RecordHeaders.add(headers, KafkaHeaders.DEAD_POSITION, Long.toString(record.offset()));
    return letter;
  }

  List<PartitionLag> lags() {
    List<PartitionLag> lags = new ArrayList<>();
    for (TopicPartition partition : consumer.assignment()) {
      long unread = consumer.currentLag(partition).orElse(PartitionLag.NOT_KNOWN);
      lags.add(new PartitionLag(partition.toString(), unread, 0));
    }
    return lags;
  }

  void discard() {
    try {
      writer.discard();
    } finally {
      KafkaClients.close(consumer);
    }
  }

  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      begin(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // Between two steps nothing is open, so there is nothing to give up.
    }
  }
}
