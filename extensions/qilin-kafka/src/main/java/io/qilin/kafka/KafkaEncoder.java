package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.stream.StreamCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * Makes the bytes that a message carries in Kafka. Stateless.
 *
 * @param <T> what a message carries
 */
@FunctionalInterface
public interface KafkaEncoder<T> {
  /** The payload of a record; the same bytes for the same value. */
  byte[] encode(T value);

  /** More headers for the record, by name; none unless overridden. Names of {@link KafkaHeaders} are not for them. */
  default Map<String, String> headers(T value) {
    return Map.of();
  }

  /** Writes with a codec of Qilin's streams, for example that of windows. */
  static <T> KafkaEncoder<T> of(StreamCodec<T> codec) {
    return value -> {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        codec.write(value, out);
      } catch (IOException e) {
        throw new QilinException(
            ErrorCode.DATA_FORMAT, "a message cannot be written: " + e.getMessage(), e);
      }
      return bytes.toByteArray();
    };
  }
}
