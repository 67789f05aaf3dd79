package io.qilin.kafka;

import io.qilin.api.stream.StreamMessage;
import java.nio.ByteBuffer;

/** What a {@link KafkaRelay} does with each message. */
@FunctionalInterface
public interface RelayHandler {
  /**
   * Works on a message. What it sends becomes visible together with the commit of the message, once. What it does besides
   * may happen again after a failure: key it by the id of the message.
   *
   * @param message its id is that of its header, else {@code topic-partition@offset}; the payload is valid during the call
   * @param output takes what is to be written
   * @throws RuntimeException the message goes to the dead letters, and nothing that it sent is written; a CANCELLED of Qilin ends
   *     the step, and the message comes again
   */
  void handle(StreamMessage<ByteBuffer> message, RelayOutput output);
}
