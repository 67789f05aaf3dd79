package io.qilin.opentelemetry;

import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import java.util.List;

/** Prints what spans cost; run by hand, see the README. */
final class CostReport {
  private CostReport() {}

  public static void main(String[] args) {
    Predictor bare = new Predictor() {
      @Override
      public ModelSignature signature() {
        return new ModelSignature(List.of("a"), ModelSignature.Missing.NO_SCORE);
      }

      @Override
      public void predict(double[] rows, int count, double[] scores) {
        scores[0] = rows[0] + 1;
      }

      @Override
      public void close() {}
    };
    QilinTelemetry off = QilinTelemetry.of(OpenTelemetry.noop(), System::nanoTime);
    for (int round = 0; round < 5; round++) {
      predictions("bare", bare, 20_000_000);
      predictions("tracer off", off.trace("m", bare), 20_000_000);
      desks("bare", ObservationRegistry.NOOP);
      desks("tracer off", off.observations());
    }
    for (int round = 0; round < 3; round++) {
      try (Telemetry host = new Telemetry()) {
        QilinTelemetry on = QilinTelemetry.of(host.sdk(), System::nanoTime);
        predictions("spans in memory", on.trace("m", bare), 100_000);
        desks("spans in memory", on.observations());
      }
    }
  }

  private static void predictions(String how, Predictor predictor, int calls) {
    double[] cell = {0};
    long began = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      predictor.predict(cell, 1, cell);
    }
    double nanos = (System.nanoTime() - began) / (double) calls;
    System.out.printf("predict %-16s %8.1f ns a call (%s)%n", how, nanos, cell[0]);
  }

  private static void desks(String how, ObservationRegistry observations) {
    long began = System.nanoTime();
    int runs = 30;
    for (int i = 0; i < runs; i++) {
      Desks.run(observations, Runnable::run);
    }
    System.out.printf(
        "desk    %-16s %8.2f ms a run%n", how, (System.nanoTime() - began) / 1e6 / runs);
  }
}
