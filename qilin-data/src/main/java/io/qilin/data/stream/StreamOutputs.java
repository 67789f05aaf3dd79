package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * All that a pipeline writes to. What a sink for windows refuses is set aside; sinks for records take part in the handling of
 * a record, which is refused as a whole. Dead letters are written on the thread of the pipeline, without a deadline: nothing
 * may go on without them.
 */
final class StreamOutputs<T> {
  private final PipelineSettings<?, T> settings;
  private final HandlerCall handlers;
  private final DeadLetters deadLetters;
  private final List<StreamSink<T>> records;
  private final List<StreamSink<ClosedWindow>> windows;

  /** Why the sinks could not flush the last time; null if they could. */
  private @Nullable QilinException unflushed;

  StreamOutputs(PipelineSettings<?, T> settings, HandlerCall handlers, DeadLetters deadLetters) {
    this.settings = settings;
    this.handlers = handlers;
    this.deadLetters = deadLetters;
    this.records = guarded(settings.recordSinks());
    this.windows = guarded(settings.sinks());
  }

  private <M> List<StreamSink<M>> guarded(List<StreamSink<M>> sinks) {
    if (!handlers.elsewhere()) {
      return sinks;
    }
    List<StreamSink<M>> guarded = new ArrayList<>();
    sinks.forEach(sink -> guarded.add(new SoleUse<>(sink)));
    return guarded;
  }

  /**
   * Enriches a record and passes it on.
   *
   * @throws HandlerCall.Refused if that failed or was not done in time
   */
  T handle(T record, StreamMessage<T> message) throws HandlerCall.Refused {
    AtomicBoolean givenUp = new AtomicBoolean();
    try {
      return handlers.call(() -> {
        T done = Objects.requireNonNull(settings.enrich().apply(record), "enriched record");
        StreamMessage<T> enriched = new StreamMessage<>(
            message.id(), message.position(), message.key(), message.eventTime(), done);
        for (StreamSink<T> sink : records) {
          if (givenUp.get()) {
            throw new QilinException(ErrorCode.TIMEOUT, "the record was given up");
          }
          sink.accept(enriched);
        }
        return done;
      });
    } finally {
      givenUp.set(true);
    }
  }

  /** Hands a complete window to each sink. */
  void tell(ClosedWindow window) {
    StreamMessage<ClosedWindow> message = new StreamMessage<>(
        window.id(), StreamMessage.NO_POSITION, window.phase().name(), window.end(), window);
    for (int i = 0; i < windows.size(); i++) {
      StreamSink<ClosedWindow> sink = windows.get(i);
      String refused = null;
      if (handlers.ready()) {
        try {
          handlers.call(() -> sink.accept(message));
        } catch (HandlerCall.Refused e) {
          refused = e.text();
        }
      } else {
        refused = String.valueOf(handlers.stalled().getMessage());
      }
      if (refused != null) {
        deadLetters.add(
            "sink-" + i + "/" + window.id(),
            StreamMessage.NO_POSITION,
            DeadLetterReason.SINK_FAILED,
            refused,
            "the window " + window.id() + " of " + window.aggregates().size() + " instruments");
      }
    }
  }

  /** Makes all that was taken durable. */
  void flush() {
    try {
      if (!handlers.ready()) {
        throw handlers.stalled();
      }
      handlers.call(
          () -> {
            records.forEach(StreamSink::flush);
            windows.forEach(StreamSink::flush);
            return true;
          },
          1);
      deadLetters.flush();
      unflushed = null;
    } catch (HandlerCall.Refused e) {
      Throwable cause = e.getCause();
      throw unflushed(
          cause instanceof QilinException known
              ? known
              : new QilinException(
                  e.timeout() ? ErrorCode.TIMEOUT : ErrorCode.IO,
                  "a sink did not flush: " + e.text(),
                  e));
    } catch (QilinException e) {
      throw unflushed(e);
    } catch (RuntimeException e) {
      throw unflushed(new QilinException(ErrorCode.IO, "a sink did not flush: " + e, e));
    }
  }

  private QilinException unflushed(QilinException failure) {
    unflushed = failure;
    return failure;
  }

  /**
   * Requires that the sinks could flush the last time.
   *
   * @throws QilinException what the sink said
   */
  void requireFlushed() {
    QilinException failure = unflushed;
    if (failure != null) {
      throw new QilinException(
          failure.code(),
          "a sink could not flush, so what it took last may be lost: " + failure.getMessage(),
          failure);
    }
  }

  /** Its sinks, to be closed. */
  List<AutoCloseable> owned() {
    List<AutoCloseable> owned = new ArrayList<>(records);
    owned.addAll(windows);
    owned.add(settings.deadLetters());
    return owned;
  }
}
