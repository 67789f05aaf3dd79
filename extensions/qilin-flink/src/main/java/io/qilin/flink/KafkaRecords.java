package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.stream.StreamCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records with the headers of qilin-kafka. */
final class KafkaRecords {
  static final String ID = "qilin-id";
  static final String EVENT_TIME = "qilin-event-time";

  private KafkaRecords() {}

  static <T> ProducerRecord<byte[], byte[]> of(
      String topic, String id, String key, Instant eventTime, T value, StreamCodec<T> codec) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      codec.write(value, out);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.DATA_FORMAT, id + " cannot be written", e);
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, utf8(key), bytes.toByteArray());
    record.headers().add(ID, utf8(id));
    record.headers().add(EVENT_TIME, utf8(eventTime.toString()));
    return record;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
