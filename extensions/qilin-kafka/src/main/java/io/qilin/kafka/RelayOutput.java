package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What a {@link RelayHandler} sends for one message. Valid during its call. */
public final class RelayOutput {
  private static final int MOST_RECORDS = 10_000;

  private final String writer;
  private final int mostBytes;
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

  RelayOutput(String writer, int mostBytes) {
    this.writer = writer;
    this.mostBytes = mostBytes;
  }

  /**
   * Sends a message.
   *
   * @param topic where to
   * @throws QilinException LIMIT_EXCEEDED if it is too long, or the 10,001st for one message
   */
  public void send(String topic, StreamMessage<byte[]> message) {
    add(topic, null, message);
  }

  /**
   * Sends a message and says what its payload is.
   *
   * @param topic where to
   * @param schema for the headers
   * @throws QilinException LIMIT_EXCEEDED as {@link #send(String, StreamMessage)}
   */
  public void send(String topic, SchemaVersion schema, StreamMessage<byte[]> message) {
    add(topic, schema, message);
  }

  private void add(String topic, @Nullable SchemaVersion schema, StreamMessage<byte[]> message) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
        KafkaNames.topic(topic), message.key().getBytes(StandardCharsets.UTF_8), message.payload());
    RecordHeaders.add(record.headers(), KafkaHeaders.ID, message.id());
    RecordHeaders.add(
        record.headers(), KafkaHeaders.EVENT_TIME, message.eventTime().toString());
    RecordHeaders.add(record.headers(), KafkaHeaders.WRITER, writer);
    if (schema != null) {
      RecordHeaders.add(record.headers(), schema);
    }
    long bytes = RecordHeaders.bytes(record);
    if (bytes > mostBytes || records.size() == MOST_RECORDS) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a relay sends at most " + MOST_RECORDS + " records of " + mostBytes
              + " bytes for one message, this would be number " + (records.size() + 1) + " with "
              + bytes);
    }
    records.add(record);
  }

  List<ProducerRecord<byte[], byte[]>> records() {
    return records;
  }
}
