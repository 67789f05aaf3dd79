package io.qilin.opentelemetry;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of Qilin's observations. A span lies below that of the nearest observation around it that has one, else below
 * what is current on the thread. The span is kept in the observation; a thread holds the scopes that it has opened.
 * Thread-safe.
 */
final class SpanObservations implements ObservationHandler<Observation.Context> {
  private static final String OURS = "qilin.";
  private static final String TOLD_ELSEWHERE = "qilin.llm.call";

  /** A scope, and of which observation. */
  private record Opened(Observation.Context observation, Scope scope) {}

  private final Spans spans;
  private final ThreadLocal<Deque<Opened>> scopes = ThreadLocal.withInitial(ArrayDeque::new);

  SpanObservations(Spans spans) {
    this.spans = spans;
  }

  @Override
  public boolean supportsContext(Observation.Context context) {
    String name = context.getName();
    return name != null && name.startsWith(OURS) && !name.equals(TOLD_ELSEWHERE) && spans.enabled();
  }

  @Override
  public void onStart(Observation.Context context) {
    context.put(OpenSpan.class, spans.start(name(context), SpanKind.INTERNAL, parent(context)));
  }

  private static String name(Observation.Context context) {
    String contextual = context.getContextualName();
    return contextual == null ? String.valueOf(context.getName()) : contextual;
  }

  private Context parent(Observation.ContextView context) {
    @Nullable ObservationView around = context.getParentObservation();
    while (around != null) {
      OpenSpan span = around.getContextView().get(OpenSpan.class);
      if (span != null) {
        return span.context();
      }
      around = around.getContextView().getParentObservation();
    }
    return spans.current();
  }

  private static OpenSpan span(Observation.Context context) {
    return context.getOrDefault(OpenSpan.class, OpenSpan.NONE);
  }

  @Override
  public void onScopeOpened(Observation.Context context) {
    scopes.get().push(new Opened(context, span(context).makeCurrent()));
  }

  @Override
  public void onScopeClosed(Observation.Context context) {
    Deque<Opened> open = scopes.get();
    open.stream().filter(each -> each.observation() == context).findFirst().ifPresent(newest -> {
      open.remove(newest);
      spans.quietly(newest.scope()::close);
    });
    if (open.isEmpty()) {
      scopes.remove();
    }
  }

  /** Comes before scopes are opened anew, perhaps on a thread that never had them. */
  @Override
  @SuppressWarnings("deprecation") // still called
  public void onScopeReset(Observation.Context context) {
    onScopeClosed(context);
  }

  @Override
  public void onEvent(Observation.Event event, Observation.Context context) {
    span(context).event(event.getContextualName());
  }

  @Override
  public void onError(Observation.Context context) {
    Throwable failure = context.getError();
    if (failure != null) {
      span(context).failed(failure);
    }
  }

  @Override
  public void onStop(Observation.Context context) {
    OpenSpan span = span(context);
    span.rename(name(context));
    span.tell(open -> {
      for (KeyValue key : context.getAllKeyValues()) {
        open.set(attribute(key.getKey()), Keys.cut(key.getValue()));
      }
    });
    span.end();
  }

  private static AttributeKey<String> attribute(String key) {
    return AttributeKey.stringKey(key.startsWith(OURS) ? key : OURS + key);
  }
}
