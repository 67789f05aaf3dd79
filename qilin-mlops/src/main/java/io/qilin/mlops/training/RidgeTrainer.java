package io.qilin.mlops.training;

import io.qilin.mlops.dataset.TrainingData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ridge regression: minimises {@code Σ weight · (label - prediction)² + alpha · Σ w²}, as scikit-learn's {@code Ridge} (Hoerl and
 * Kennard 1970). The intercept is not punished; features should have like scales. Needs every feature to be known.
 */
public final class RidgeTrainer implements Trainer {
  private static final List<TrainerParameter> PARAMETERS = List.of(
      TrainerParameter.number(
          "alpha", 1, 0, 1e18, "how much the sum of squared weights counts beside the errors"),
      LinearTraining.INTERCEPT);

  /** For {@link java.util.ServiceLoader}. */
  public RidgeTrainer() {}

  @Override
  public String id() {
    return "ridge";
  }

  @Override
  public List<TrainerParameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public TrainedModel train(
      TrainingData train,
      @Nullable TrainingData valid,
      Map<String, String> parameters,
      TrainingContext context) {
    ParameterValues values = ParameterValues.read(PARAMETERS, parameters);
    return LinearTraining.leastSquares(train, valid, values.number("alpha"), values, context);
  }
}
