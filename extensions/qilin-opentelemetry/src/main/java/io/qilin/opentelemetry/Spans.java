package io.qilin.opentelemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/** Starts spans, and keeps failures of OpenTelemetry away from who is traced. Thread-safe. */
final class Spans {
  private final Tracer tracer;
  private final LongAdder failures;

  Spans(Tracer tracer, LongAdder failures) {
    this.tracer = Objects.requireNonNull(tracer, "tracer");
    this.failures = Objects.requireNonNull(failures, "failures");
  }

  /** Whether spans are made at all. */
  boolean enabled() {
    // Not by quietly: this is asked before every call, and a tracer that is off is to cost nothing.
    try {
      return tracer.isEnabled();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      failures.increment();
      return false;
    }
  }

  /** Starts a span below another; one that goes nowhere if that fails. */
  OpenSpan start(String name, SpanKind kind, Context parent) {
    Span span = quietly(
        () -> tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan(),
        Span.getInvalid());
    return new OpenSpan(span, parent.with(span), this);
  }

  /** The context of this thread. */
  Context current() {
    return quietly(Context::current, Context.root());
  }

  /** Does something in a span that is current meanwhile; its failure is told and thrown on. */
  <T> T within(String name, SpanKind kind, Function<OpenSpan, T> body) {
    if (!enabled()) {
      return body.apply(OpenSpan.NONE);
    }
    OpenSpan span = start(name, kind, current());
    Scope scope = span.makeCurrent();
    try {
      return body.apply(span);
    } catch (RuntimeException | Error e) {
      span.failed(e);
      throw e;
    } finally {
      quietly(scope::close);
      span.end();
    }
  }

  void quietly(Runnable work) {
    quietly(
        () -> {
          work.run();
          return true;
        },
        false);
  }

  /** What OpenTelemetry gives, or something else if it fails. */
  <T> T quietly(Supplier<T> work, T otherwise) {
    try {
      return work.get();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      failures.increment();
      return otherwise;
    }
  }
}
