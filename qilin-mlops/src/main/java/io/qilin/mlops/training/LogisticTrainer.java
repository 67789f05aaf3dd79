package io.qilin.mlops.training;

import io.qilin.mlops.dataset.TrainingData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logistic regression: minimises {@code ½ Σ w² + C · Σ weight · log(1 + exp(∓ sum))} by Newton's method, as scikit-learn's
 * {@code LogisticRegression} with the L2 penalty. The intercept is not punished; features should have like scales. Labels are 0
 * and 1; the score is the probability of 1. Needs every feature to be known. Time grows with rows × features² × about 8.
 */
public final class LogisticTrainer implements Trainer {
  private static final List<TrainerParameter> PARAMETERS = List.of(
      TrainerParameter.number("C", 1, 1e-12, 1e12, "how much the errors count beside ½ Σ w²"),
      LinearTraining.INTERCEPT,
      TrainerParameter.number(
          "tol",
          1e-10,
          1e-15,
          1,
          "how much of itself the objective may still be above its least value, by Newton's estimate"),
      TrainerParameter.whole("max_iter", 100, 1, 10_000, "the most Newton steps"));

  /** For {@link java.util.ServiceLoader}. */
  public LogisticTrainer() {}

  @Override
  public String id() {
    return "logistic";
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
    TrainingRows.requireSame(train, valid);
    TrainingRows.requireKnown(train);
    TrainingRows.requireKnown(valid);
    TrainingRows.requireClasses(train);
    if (valid != null) {
      TrainingRows.requireLabels(valid);
    }
    LinearModel model = new NewtonLogistic(train, values, context).solve();
    return LinearTraining.trained(model, train, valid, values, context);
  }
}
