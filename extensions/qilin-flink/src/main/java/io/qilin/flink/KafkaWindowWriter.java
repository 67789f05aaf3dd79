package io.qilin.flink;

import io.qilin.data.stream.ClosedWindow;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Windows as records, all under one key so that they stay in order. */
final class KafkaWindowWriter implements KafkaRecordSerializationSchema<ClosedWindow> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  KafkaWindowWriter(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ClosedWindow window, KafkaSinkContext context, @Nullable Long timestamp) {
    return KafkaRecords.of(
        topic, window.id(), "windows", window.end(), window, Forms.WINDOW.codec());
  }
}
