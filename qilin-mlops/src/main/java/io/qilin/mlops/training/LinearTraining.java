package io.qilin.mlops.training;

import io.qilin.api.model.Predictor;
import io.qilin.mlops.dataset.TrainingData;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the trainers of linear models share. */
final class LinearTraining {
  static final TrainerParameter INTERCEPT =
      TrainerParameter.flag("fit_intercept", true, "whether a constant is learnt too");

  private LinearTraining() {}

  static TrainedModel leastSquares(
      TrainingData train,
      @Nullable TrainingData valid,
      double alpha,
      ParameterValues values,
      TrainingContext context) {
    TrainingRows.requireSame(train, valid);
    TrainingRows.requireKnown(train);
    TrainingRows.requireKnown(valid);
    LinearModel model =
        new LeastSquares(train, alpha, values.flag("fit_intercept"), context).solve();
    return trained(model, train, valid, values, context);
  }

  /** Judges a model, tells the figures, and wraps it up. */
  static TrainedModel trained(
      LinearModel model,
      TrainingData train,
      @Nullable TrainingData valid,
      ParameterValues values,
      TrainingContext context) {
    try (Predictor predictor = model.predictor()) {
      return wrapped(
          ModelFormats.LINEAR, model, model.bytes(), predictor, train, valid, values, context);
    }
  }

  static TrainedModel wrapped(
      ModelFormat format,
      LinearModel model,
      byte[] bytes,
      Predictor predictor,
      TrainingData train,
      @Nullable TrainingData valid,
      ParameterValues values,
      TrainingContext context) {
    boolean classes = model.link() == LinearModel.Link.LOGISTIC;
    Map<String, Double> figures = Evaluation.of(predictor, classes, train, valid, context);
    figures.forEach((name, value) -> context.metric(name, 1, value));
    context.progress(1);
    return TrainedModel.builder(format, model.signature(), bytes)
        .parameters(values.all())
        .metrics(figures)
        .dataHash(train.dataHash())
        .build();
  }
}
