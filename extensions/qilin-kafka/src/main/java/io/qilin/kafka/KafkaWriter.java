package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A producer whose records become visible together, or, without transactions, one that knows when all are written. After
 * any failure it is closed and another one opened: the broker then ends what the first has begun, one way or the other.
 */
final class KafkaWriter {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final boolean transactional;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private boolean inTransaction;

  private KafkaWriter(Producer<byte[], byte[]> producer, boolean transactional) {
    this.producer = producer;
    this.transactional = transactional;
  }

  /** Opens one; a transactional one ends what an earlier one of its id has left, and fences it. */
  static KafkaWriter open(
      KafkaSettings settings, int mostBytes, String transactionalId, boolean transactional) {
    Map<String, Object> properties = transactional
        ? settings.producer(mostBytes, transactionalId)
        : settings.producer(mostBytes);
    KafkaWriter writer =
        new KafkaWriter(KafkaClients.producer(settings, properties), transactional);
    boolean opened = false;
    try {
      if (transactional) {
        writer.producer.initTransactions();
      }
      opened = true;
      return writer;
    } finally {
      if (!opened) {
        writer.discard();
      }
    }
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    begin();
    Future<RecordMetadata> future = producer.send(record);
    if (future.isDone()) {
      // A producer that does not know the topic now waits for it with each record, and throws
      // nothing.
      await(future);
    } else if (!transactional) {
      sent.add(future);
    }
  }

  private void begin() {
    if (transactional && !inTransaction) {
      producer.beginTransaction();
      inTransaction = true;
    }
  }

  /** Adds what was read to the transaction. */
  void offsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    begin();
    producer.sendOffsetsToTransaction(offsets, group);
  }

  /** Makes all that was sent durable, and visible. */
  void commit() {
    if (transactional) {
      if (inTransaction) {
        producer.commitTransaction();
        inTransaction = false;
      }
      return;
    }
    producer.flush();
    for (Future<RecordMetadata> future : sent) {
      await(future);
    }
    sent.clear();
  }

  private static void await(Future<RecordMetadata> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("a record was not written", e.getCause());
    }
  }

  /** Closes it when all is committed. */
  void close() {
    boolean interrupted = Thread.interrupted();
    try {
      producer.close(CLOSING);
    } catch (RuntimeException e) {
      throw KafkaFailures.of("closing a producer", ErrorCode.IO, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Closes it without waiting for anything. */
  void discard() {
    boolean interrupted = Thread.interrupted();
    try {
      producer.close(Duration.ZERO);
    } catch (RuntimeException e) {
      // What it failed with before is what counts.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
