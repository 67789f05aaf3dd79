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
 * a record, which is refused as a whole. A sink that is only away is waited for. Dead letters are written on the thread of
 * the pipeline, without a deadline: nothing may go on without them.
 */
final class StreamOutputs<T> {
  private final PipelineSettings<?, T> settings;
  private final HandlerCall handlers;
  private final DeadLetters deadLetters;
  private final SinkPatience patience;
  private final List<NamedSink<T>> records;
  private final List<NamedSink<ClosedWindow>> windows;

  /** Why the sinks could not flush the last time; null if they could. */
  private @Nullable QilinException unflushed;

  StreamOutputs(
      PipelineSettings<?, T> settings,
      HandlerCall handlers,
      DeadLetters deadLetters,
      SinkPatience patience) {
    this.settings = settings;
    this.handlers = handlers;
    this.deadLetters = deadLetters;
    this.patience = patience;
    this.records = NamedSink.numbered("record-sink", guarded(settings.recordSinks()));
    this.windows = NamedSink.numbered("sink", guarded(settings.sinks()));
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
    return patience.call(() -> handleOnce(record, message));
  }

  private T handleOnce(T record, StreamMessage<T> message) throws HandlerCall.Refused, SinkAway {
    AtomicBoolean givenUp = new AtomicBoolean();
    try {
      return handlers.call(() -> {
        T done = Objects.requireNonNull(settings.enrich().apply(record), "enriched record");
        StreamMessage<T> enriched = new StreamMessage<>(
            message.id(), message.position(), message.key(), message.eventTime(), done);
        for (NamedSink<T> sink : records) {
          if (givenUp.get()) {
            throw new QilinException(ErrorCode.TIMEOUT, "the record was given up");
          }
          sink.offer(enriched);
        }
        return done;
      });
    } catch (HandlerCall.Refused e) {
      throw awayOr(e);
    } finally {
      givenUp.set(true);
    }
  }

  /** Hands a complete window to each sink. */
  void tell(ClosedWindow window) {
    StreamMessage<ClosedWindow> message = new StreamMessage<>(
        window.id(), StreamMessage.NO_POSITION, window.phase().name(), window.end(), window);
    for (NamedSink<ClosedWindow> sink : windows) {
      try {
        patience.call(() -> tellOnce(sink, message));
      } catch (HandlerCall.Refused e) {
        deadLetters.add(
            sink.name() + "/" + window.id(),
            StreamMessage.NO_POSITION,
            DeadLetterReason.SINK_FAILED,
            e.text(),
            "the window " + window.id() + " of " + window.aggregates().size() + " instruments");
      }
    }
  }

  /** A call that hangs, or an executor that begins none, is no refusal of the window: the sink knows its id if it comes again. */
  private boolean tellOnce(NamedSink<ClosedWindow> sink, StreamMessage<ClosedWindow> message)
      throws HandlerCall.Refused, SinkAway {
    if (!handlers.ready()) {
      throw new SinkAway(sink.name(), handlers.stalled());
    }
    try {
      return handlers.call(() -> sink.offer(message));
    } catch (HandlerCall.Refused e) {
      if (e.timeout()) {
        throw new SinkAway(sink.name(), new QilinException(ErrorCode.TIMEOUT, e.text(), e));
      }
      throw awayOr(e);
    }
  }

  /** The refusal, or that a sink is away if this is its reason. */
  private static HandlerCall.Refused awayOr(HandlerCall.Refused e) throws SinkAway {
    if (e.getCause() instanceof SinkAway away) {
      throw away;
    }
    return e;
  }

  /** Makes all that was taken durable. */
  void flush() {
    try {
      if (!handlers.ready()) {
        throw handlers.stalled();
      }
      handlers.call(
          () -> {
            records.forEach(each -> each.sink().flush());
            windows.forEach(each -> each.sink().flush());
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
    List<AutoCloseable> owned = new ArrayList<>();
    records.forEach(each -> owned.add(each.sink()));
    windows.forEach(each -> owned.add(each.sink()));
    owned.add(settings.deadLetters());
    return owned;
  }
}
