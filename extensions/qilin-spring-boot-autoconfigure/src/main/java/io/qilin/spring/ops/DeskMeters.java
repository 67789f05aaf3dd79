package io.qilin.spring.ops;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.monitor.LlmObservation;
import io.qilin.ops.metrics.QilinMetrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Measures, by the application's observations, how long analysts take and what language models use. */
final class DeskMeters implements SmartInitializingSingleton {
  private final QilinMetrics metrics;
  private final ObjectProvider<ObservationRegistry> observations;

  DeskMeters(QilinMetrics metrics, ObjectProvider<ObservationRegistry> observations) {
    this.metrics = metrics;
    this.observations = observations;
  }

  @Override
  public void afterSingletonsInstantiated() {
    observations.ifUnique(registry -> {
      // A registry without handlers calls itself a no-op, until it has some.
      if (registry != ObservationRegistry.NOOP) {
        registry
            .observationConfig()
            .observationHandler(metrics.agents().observations("qilin.desk.analyst", "analyst"))
            .observationHandler(new Used(metrics));
      }
    });
  }

  /** Counts tokens. */
  private record Used(QilinMetrics metrics) implements ObservationHandler<LlmObservation> {
    @Override
    public void onStop(LlmObservation seen) {
      seen.usage()
          .ifPresent(usage -> metrics.llm().used(seen.model().toString(), usage, seen.cost()));
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return context instanceof LlmObservation;
    }
  }
}
