package io.qilin.kafka;

import io.qilin.data.stream.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Dead letters in a topic. The payload of a record is the beginning of what the message carried, as {@link DeadLetter#payload}
 * tells it, at most 4,096 characters; the rest stands in headers: {@link KafkaHeaders#DEAD_REASON}, {@link
 * KafkaHeaders#DEAD_MESSAGE}, {@link KafkaHeaders#DEAD_SOURCE} and {@link KafkaHeaders#DEAD_POSITION}. Source and position
 * find the message again in its topic.
 */
public final class KafkaDeadLetters implements KafkaEncoder<DeadLetter> {
  /** The form of the payload. */
  public static final SchemaVersion SCHEMA = new SchemaVersion("qilin-dead-letter", 1, 0);

  private static final int MOST = 4096;

  /** There is no state. */
  public KafkaDeadLetters() {}

  /**
   * A sink for a pipeline's dead letters.
   *
   * @param topic for example {@link KafkaTopics#DEAD_LETTERS}
   * @param writer a stable name, which no other sink that runs has
   */
  public static SinkBuilder<DeadLetter> builder(
      KafkaSettings settings, String topic, String writer) {
    return KafkaStreamSink.builder(settings, topic, writer, new KafkaDeadLetters())
        .schema(SCHEMA);
  }

  @Override
  public byte[] encode(DeadLetter letter) {
    String text = letter.payload();
    return text.substring(0, Math.min(MOST, text.length())).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Map<String, String> headers(DeadLetter letter) {
    return Map.of(
        KafkaHeaders.DEAD_REASON, letter.reason().name(),
        KafkaHeaders.DEAD_MESSAGE, letter.message(),
        KafkaHeaders.DEAD_SOURCE, letter.source(),
        KafkaHeaders.DEAD_POSITION, Long.toString(letter.position()));
  }
}
