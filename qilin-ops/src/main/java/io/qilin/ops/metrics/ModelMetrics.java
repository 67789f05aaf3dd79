package io.qilin.ops.metrics;

import io.micrometer.core.instrument.Counter;
import io.qilin.api.model.ModelEvent;
import java.util.List;
import java.util.function.Consumer;

/** Counts what happens in a registry of models, as a listener of it: {@link QilinMeter#MODEL_EVENTS}. Thread-safe. */
public final class ModelMetrics implements Consumer<ModelEvent> {
  private final BoundedMeters<Counter> events;

  ModelMetrics(MeterFamilies families) {
    this.events = families.counters(QilinMeter.MODEL_EVENTS);
  }

  @Override
  public void accept(ModelEvent event) {
    events.of(List.of(event.id().name(), event.kind().name())).increment();
  }
}
