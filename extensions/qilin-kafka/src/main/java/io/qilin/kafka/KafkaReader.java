package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads all partitions of some topics through one connection, each partition as a {@link KafkaStreamSource} for a pipeline. The
 * partitions are fixed: a pipeline's windows and its positions belong together in its checkpoint, so nothing is handed over
 * to another process while it runs. To share work among processes by a consumer group, use {@link KafkaRelay}.
 *
 * <p>Only committed records are read. A partition is fetched no more while a batch of it waits, so memory is bounded by two
 * batches a partition and by what Kafka's client fetches ahead ({@code fetch.max.bytes}). Partitions that are added to a topic
 * later are read by the next reader, from their first record.
 *
 * <p>Used by one thread at a time, as its sources; any thread may read {@link #health}.
 */
public final class KafkaReader implements AutoCloseable {
  private final KafkaSettings settings;
  private final String group;
  private final Consumer<byte[], byte[]> consumer;
  private final BrokerContact contact;
  private final DeletedTopics deleted;
  private final int batch;
  private final Map<TopicPartition, KafkaStreamSource> sources = new LinkedHashMap<>();
  private final Set<KafkaStreamSource> open = Collections.newSetFromMap(new LinkedHashMap<>());
  private boolean closed;

  KafkaReader(ReaderBuilder builder, Consumer<byte[], byte[]> consumer) {
    this.settings = builder.settings;
    this.group = builder.group;
    this.consumer = consumer;
    this.deleted = new DeletedTopics(consumer, builder.topics.keySet());
    this.batch = builder.batch;
    this.contact = new BrokerContact(consumer, builder.ticker, builder.outage);
    for (TopicPartition partition : partitions(builder)) {
      PayloadSchemas schemas = builder.topics.getOrDefault(partition.topic(), PayloadSchemas.ANY);
      sources.put(partition, new KafkaStreamSource(this, partition, schemas, builder.mostBytes));
    }
    open.addAll(sources.values());
    consumer.assign(sources.keySet());
    StartPositions.of(sources.keySet(), consumer, settings.deadline(), builder.start)
        .forEach((partition, from) -> begin(partition, from.offset()));
    if (builder.untilEnd) {
      consumer
          .endOffsets(sources.keySet())
          .forEach((partition, end) -> source(partition).endAt(end));
    }
  }

  /**
   * Begins to describe a reader.
   *
   * @param settings how brokers are reached
   * @param group under which name positions are committed, for example {@link KafkaTopics#GROUP}
   * @param start where to begin in a partition of which nothing is committed
   */
  public static ReaderBuilder builder(KafkaSettings settings, String group, StartAt start) {
    return new ReaderBuilder(settings, group, start);
  }

  private List<TopicPartition> partitions(ReaderBuilder builder) {
    List<TopicPartition> found = new ArrayList<>();
    for (String topic : builder.topics.keySet()) {
      found.addAll(KafkaClients.partitions(consumer, topic, settings.deadline()));
    }
    return found;
  }

  private KafkaStreamSource source(TopicPartition partition) {
    KafkaStreamSource source = sources.get(partition);
    if (source == null) {
      throw new QilinException(
          ErrorCode.UNKNOWN, "a record of " + partition + ", which is not read");
    }
    return source;
  }

  private void begin(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
    source(partition).at(offset);
    source(partition).committedAt(offset);
  }

  /** The sources, by topic in the order of the description, then by partition. The same each time. */
  public List<KafkaStreamSource> sources() {
    return List.copyOf(sources.values());
  }

  String group() {
    return group;
  }

  /** How it is, each partition as of its last poll. */
  public KafkaHealth health() {
    return new KafkaHealth(
        contact.silence(), sources.values().stream().map(KafkaStreamSource::lag).toList());
  }

  /** How far the end of a partition lies behind what was fetched; −1 if not known. */
  long behind(TopicPartition partition) {
    return consumer.currentLag(partition).orElse(PartitionLag.NOT_KNOWN);
  }

  /** Fetches what is there, without waiting. */
  void fill() {
    try {
      List<TopicPartition> full = new ArrayList<>();
      List<TopicPartition> wanted = new ArrayList<>();
      sources.forEach((partition, source) -> {
        boolean waits = !open.contains(source) || source.buffered() >= batch || source.ended();
        (waits ? full : wanted).add(partition);
      });
      consumer.pause(full);
      consumer.resume(wanted);
      ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ZERO);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        source(new TopicPartition(record.topic(), record.partition())).take(record);
      }
      records
          .nextOffsets()
          .forEach((partition, next) -> source(partition).fetchedTo(next.offset()));
      deleted.look(records.isEmpty());
    } catch (RuntimeException e) {
      throw KafkaFailures.of("reading from Kafka", ErrorCode.DATA_FETCH, e);
    }
    contact.look();
    contact.require();
  }

  void seek(KafkaStreamSource source, long target) {
    TopicPartition partition = source.partition();
    try {
      Set<TopicPartition> one = Set.of(partition);
      long first = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
      long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
      if (target < 0 || target > end) {
        throw QilinException.invalid(
            source.id() + " ends at " + end + ", so there is no position " + target);
      }
      if (target < first) {
        throw new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            source.id() + " begins at " + first + ", what stood at " + target
                + " is forgotten by its retention");
      }
      consumer.seek(partition, target);
    } catch (RuntimeException e) {
      throw KafkaFailures.of("seeking in " + source.id(), ErrorCode.DATA_FETCH, e);
    }
  }

  void commit(TopicPartition partition, long offset) {
    try {
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)), settings.deadline());
    } catch (RuntimeException e) {
      throw KafkaFailures.of("committing " + partition, ErrorCode.IO, e);
    }
  }

  void closed(KafkaStreamSource source) {
    open.remove(source);
    if (open.isEmpty()) {
      close();
    }
  }

  /**
   * Closes all sources and the connection. Nothing is committed. A second call does nothing.
   *
   * @throws QilinException INVALID_ARGUMENT if another thread is reading now; nothing is closed then
   */
  @Override
  public void close() {
    if (!closed) {
      KafkaClients.close(consumer);
      closed = true;
      List.copyOf(open).forEach(KafkaStreamSource::close);
    }
  }
}
