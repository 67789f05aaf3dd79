package io.qilin.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** A span that has begun. What OpenTelemetry throws stays here. Thread-safe. */
final class OpenSpan {
  /** A span that nobody sees. */
  static final OpenSpan NONE = new OpenSpan(
      Span.getInvalid(),
      Context.root(),
      new Spans(OpenTelemetry.noop().getTracer(QilinTelemetry.SCOPE), new LongAdder()));

  private final Span span;
  private final Context context;
  private final Spans spans;

  OpenSpan(Span span, Context context, Spans spans) {
    this.span = span;
    this.context = context;
    this.spans = spans;
  }

  /** A context in which it is current. */
  Context context() {
    return context;
  }

  Scope makeCurrent() {
    return spans.quietly(context::makeCurrent, Scope.noop());
  }

  /** Sets what costs something to find out, or may fail, only if somebody sees it. */
  void tell(Consumer<OpenSpan> attributes) {
    if (spans.quietly(span::isRecording, false)) {
      spans.quietly(() -> attributes.accept(this));
    }
  }

  <T> void set(AttributeKey<T> key, T value) {
    spans.quietly(() -> span.setAttribute(key, value));
  }

  void rename(String name) {
    spans.quietly(() -> span.updateName(name));
  }

  void event(String name) {
    spans.quietly(() -> span.addEvent(name));
  }

  /** Says what kind of failure it was; the message stays out, as it may quote what was asked. */
  void failed(Throwable failure) {
    spans.quietly(() -> span.setStatus(StatusCode.ERROR));
    set(Keys.ERROR_TYPE, Keys.errorType(failure));
  }

  void end() {
    spans.quietly(span::end);
  }
}
