package io.qilin.ops.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.qilin.api.error.QilinException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Observes functions, and gives every observation of a registry the attributes {@code function}, {@code timestamp} (when it
 * began), {@code status} ({@code OK} or {@code ERROR}) and, after a failure, {@code exception}: the code of a {@link
 * QilinException} or the simple name of the class, never its message. They are for spans only, not tags of meters.
 *
 * <p>Thread-safe; holds nothing of an observation.
 */
public final class FunctionTracing
    implements ObservationHandler<Observation.Context>, ObservationFilter {
  /** The name of what {@link #observe} observes. */
  public static final String OBSERVATION = "qilin.function";

  private final ObservationRegistry registry;
  private final Clock clock;

  private FunctionTracing(ObservationRegistry registry, Clock clock) {
    this.registry = Objects.requireNonNull(registry, "registry");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Adds the attributes to all observations of a registry. Call it once for a registry.
   *
   * @param clock for {@code timestamp}
   */
  public static FunctionTracing install(ObservationRegistry registry, Clock clock) {
    FunctionTracing tracing = new FunctionTracing(registry, clock);
    registry.observationConfig().observationHandler(tracing).observationFilter(tracing);
    return tracing;
  }

  /**
   * Observes a function as {@value #OBSERVATION}: a child of what the thread is observed in.
   *
   * @param function its name in the code, not a text from outside
   */
  public <T> T observe(String function, Supplier<T> body) {
    return Observation.createNotStarted(OBSERVATION, registry)
        .contextualName(Objects.requireNonNull(function, "function"))
        .observe(body);
  }

  @Override
  public boolean supportsContext(Observation.Context context) {
    return true;
  }

  @Override
  public void onStart(Observation.Context context) {
    context.put(FunctionTracing.class, clock.instant());
  }

  @Override
  public Observation.Context map(Observation.Context context) {
    Instant began = context.get(FunctionTracing.class);
    Throwable failure = context.getError();
    String contextual = context.getContextualName();
    context.addHighCardinalityKeyValue(KeyValue.of(
        "function", String.valueOf(contextual == null ? context.getName() : contextual)));
    if (began != null) {
      context.addHighCardinalityKeyValue(KeyValue.of("timestamp", began.toString()));
    }
    context.addHighCardinalityKeyValue(KeyValue.of("status", failure == null ? "OK" : "ERROR"));
    if (failure != null) {
      context.addHighCardinalityKeyValue(KeyValue.of("exception", kind(failure)));
    }
    return context;
  }

  private static String kind(Throwable failure) {
    return failure instanceof QilinException e
        ? Codes.text(e.code())
        : failure.getClass().getSimpleName();
  }
}
