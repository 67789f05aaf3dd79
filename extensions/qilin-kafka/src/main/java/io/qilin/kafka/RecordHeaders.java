package io.qilin.kafka;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Reads and writes the headers of {@link KafkaHeaders}. */
final class RecordHeaders {
  private static final int MOST_BYTES = 4096;

  private RecordHeaders() {}

  /** The text of a header; empty if it is not there or longer than 4,096 bytes. */
  static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    byte[] value = header == null ? null : header.value();
    return value == null || value.length > MOST_BYTES
        ? ""
        : new String(value, StandardCharsets.UTF_8);
  }

  /** Adds a header, cut to what {@link #text} reads. */
  static void add(Headers headers, String name, String text) {
    int end = Math.min(text.length(), MOST_BYTES / 4);
    headers.add(name, text.substring(0, end).getBytes(StandardCharsets.UTF_8));
  }

  static void add(Headers headers, SchemaVersion schema) {
    add(headers, KafkaHeaders.SCHEMA, schema.name());
    add(headers, KafkaHeaders.SCHEMA_VERSION, schema.version());
  }

  /** The id of a message, or where it stands if it has none. */
  static String id(ConsumerRecord<byte[], byte[]> record) {
    String id = text(record.headers(), KafkaHeaders.ID);
    return id.isEmpty() ? record.topic() + "-" + record.partition() + "@" + record.offset() : id;
  }

  /** When it happened: by its header, else by the time of the record. */
  static Instant eventTime(ConsumerRecord<byte[], byte[]> record) {
    String text = text(record.headers(), KafkaHeaders.EVENT_TIME);
    try {
      return text.isEmpty() ? Instant.ofEpochMilli(record.timestamp()) : Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.ofEpochMilli(record.timestamp());
    }
  }

  static String key(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }

  /** How long a record is: its key, headers and payload. */
  static long bytes(ProducerRecord<byte[], byte[]> record) {
    long bytes = record.value().length + (long) record.key().length;
    for (Header header : record.headers()) {
      bytes += header.key().length() + header.value().length;
    }
    return bytes;
  }
}
