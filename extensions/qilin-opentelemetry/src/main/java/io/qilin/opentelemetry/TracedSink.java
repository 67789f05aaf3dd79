package io.qilin.opentelemetry;

import io.opentelemetry.api.trace.SpanKind;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.util.Objects;

/** A sink whose flushes are spans. For one thread at a time. */
final class TracedSink<T> implements StreamSink<T> {
  private final String id;
  private final StreamSink<T> sink;
  private final Spans spans;
  private long accepted;
  private long repeated;

  TracedSink(String id, StreamSink<T> sink, Spans spans) {
    this.id = Objects.requireNonNull(id, "id");
    this.sink = Objects.requireNonNull(sink, "sink");
    this.spans = spans;
  }

  @Override
  public boolean accept(StreamMessage<T> message) {
    boolean isNew = sink.accept(message);
    accepted += isNew ? 1 : 0;
    repeated += isNew ? 0 : 1;
    return isNew;
  }

  @Override
  public void flush() {
    spans.within("qilin.stream.flush", SpanKind.INTERNAL, span -> {
      span.set(Keys.SINK, id);
      span.set(Keys.ACCEPTED, accepted);
      span.set(Keys.REPEATED, repeated);
      sink.flush();
      return id;
    });
    accepted = 0;
    repeated = 0;
  }

  @Override
  public void close() {
    sink.close();
  }
}
