package io.qilin.opentelemetry;

import io.opentelemetry.api.trace.SpanKind;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import java.util.Objects;

/** A model whose predictions are spans. As safe to share as the model. */
final class TracedPredictor implements Predictor {
  private final String id;
  private final Predictor predictor;
  private final Spans spans;

  TracedPredictor(String id, Predictor predictor, Spans spans) {
    this.id = Objects.requireNonNull(id, "id");
    this.predictor = Objects.requireNonNull(predictor, "predictor");
    this.spans = spans;
  }

  @Override
  public ModelSignature signature() {
    return predictor.signature();
  }

  @Override
  public void predict(double[] rows, int count, double[] scores) {
    if (!spans.enabled()) {
      predictor.predict(rows, count, scores);
      return;
    }
    spans.within("qilin.model.predict", SpanKind.INTERNAL, span -> {
      span.set(Keys.MODEL, id);
      span.set(Keys.ROWS, (long) count);
      predictor.predict(rows, count, scores);
      return count;
    });
  }

  @Override
  public void close() {
    predictor.close();
  }
}
