package io.qilin.mlops.training;

import io.qilin.mlops.dataset.TrainingData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ordinary least squares, weighted where the rows are; of several solutions that of least norm. Needs every feature to be known.
 * Time grows with rows × features².
 */
public final class LeastSquaresTrainer implements Trainer {
  private static final List<TrainerParameter> PARAMETERS = List.of(LinearTraining.INTERCEPT);

  /** For {@link java.util.ServiceLoader}. */
  public LeastSquaresTrainer() {}

  @Override
  public String id() {
    return "least-squares";
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
    return LinearTraining.leastSquares(train, valid, 0, values, context);
  }
}
