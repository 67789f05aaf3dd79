package io.qilin.flink;

import io.qilin.api.stream.StreamMessage;
import io.qilin.data.stream.DeadLetter;
import java.time.Instant;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Dead letters as records, those of a source under one key; their event time is the epoch, as none is known. */
final class KafkaLetterWriter implements KafkaRecordSerializationSchema<DeadLetter> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  KafkaLetterWriter(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, @Nullable Long timestamp) {
    String id = letter.position() == StreamMessage.NO_POSITION
        ? letter.source() + "/" + letter.payload()
        : letter.source() + "@" + letter.position();
    return KafkaRecords.of(topic, id, letter.source(), Instant.EPOCH, letter, Forms.LETTER.codec());
  }
}
