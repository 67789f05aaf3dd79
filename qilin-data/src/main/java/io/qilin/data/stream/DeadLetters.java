package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.time.Instant;

/** Makes dead letters and stores them, each under the name of its message. Their event time is the epoch: none is known. */
final class DeadLetters {
  private final StreamSink<DeadLetter> sink;

  DeadLetters(StreamSink<DeadLetter> sink) {
    this.sink = sink;
  }

  void add(String source, long position, DeadLetterReason reason, String message, String payload) {
    String id = position == StreamMessage.NO_POSITION ? source : source + "@" + position;
    DeadLetter letter = new DeadLetter(source, position, reason, message, payload);
    try {
      sink.accept(new StreamMessage<>(id, position, source, Instant.EPOCH, letter));
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.IO, "the dead letter of " + id + " could not be stored: " + e, e);
    }
  }

  void flush() {
    sink.flush();
  }
}
