package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.time.Instant;

/** Makes dead letters and stores them, each under the name of its message. Their event time is the epoch: none is known. */
final class DeadLetters {
  private final NamedSink<DeadLetter> sink;
  private final SinkPatience patience;

  DeadLetters(StreamSink<DeadLetter> sink, SinkPatience patience) {
    this.sink = new NamedSink<>("dead-letters", sink);
    this.patience = patience;
  }

  void add(String source, long position, DeadLetterReason reason, String message, String payload) {
    String id = position == StreamMessage.NO_POSITION ? source : source + "@" + position;
    DeadLetter letter = new DeadLetter(source, position, reason, message, payload);
    StreamMessage<DeadLetter> told =
        new StreamMessage<>(id, position, source, Instant.EPOCH, letter);
    try {
      patience.call(() -> sink.offer(told));
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.IO, "the dead letter of " + id + " could not be stored: " + e, e);
    }
  }

  void flush() {
    sink.sink().flush();
  }
}
