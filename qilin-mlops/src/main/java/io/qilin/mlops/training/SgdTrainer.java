package io.qilin.mlops.training;

import io.qilin.api.model.Predictor;
import io.qilin.mlops.dataset.TrainingData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic gradient descent over the rows, epoch after epoch, until the cost does not fall any more: scikit-learn's {@code
 * SGDRegressor} and {@code SGDClassifier}. Makes an {@link SgdModel}, which learns on. Features should be normalised, and every
 * one known. Rows are shuffled by the context's seed.
 */
public final class SgdTrainer implements Trainer {
  private static final List<TrainerParameter> TRAINING = List.of(
      TrainerParameter.whole("max_iter", 1000, 1, 1_000_000, "the most epochs"),
      TrainerParameter.number(
          "tol", 1e-3, 0, 1e6, "by how much an epoch's mean cost must fall to count as better"),
      TrainerParameter.whole(
          "n_iter_no_change", 5, 1, 1_000_000, "epochs without a better one until it ends"),
      TrainerParameter.flag("shuffle", true, "whether each epoch has another order of the rows"));

  private static final List<TrainerParameter> PARAMETERS = joined();
  private static final int CHECKED = 1024;
  private static final double SMALLEST_RATE = 1e-6;

  /** For {@link java.util.ServiceLoader}. */
  public SgdTrainer() {}

  private static List<TrainerParameter> joined() {
    List<TrainerParameter> all = new ArrayList<>(SgdSettings.MODEL);
    all.addAll(TRAINING);
    return List.copyOf(all);
  }

  @Override
  public String id() {
    return "sgd";
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
    SgdModel model = SgdModel.of(train.features(), ofModel(values));
    if (model.settings().classes()) {
      TrainingRows.requireClasses(train);
      if (valid != null) {
        TrainingRows.requireLabels(valid);
      }
    }
    learn(model, train, values, context);
    LinearModel linear = model.linear();
    try (Predictor predictor = linear.predictor()) {
      return LinearTraining.wrapped(
          ModelFormats.SGD, linear, model.state(), predictor, train, valid, values, context);
    }
  }

  private static Map<String, String> ofModel(ParameterValues values) {
    Map<String, String> own = new LinkedHashMap<>();
    for (TrainerParameter parameter : SgdSettings.MODEL) {
      own.put(parameter.name(), values.text(parameter.name()));
    }
    return own;
  }

  private static void learn(
      SgdModel model, TrainingData train, ParameterValues values, TrainingContext context) {
    SplittableRandom random = new SplittableRandom(context.seed());
    int[] order = new int[train.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    double best = Double.POSITIVE_INFINITY;
    int worse = 0;
    int epochs = values.small("max_iter");
    for (int epoch = 1; epoch <= epochs; epoch++) {
      if (values.flag("shuffle")) {
        shuffle(order, random);
      }
      double cost = epoch(model, train, order, context);
      context.metric("train.cost", epoch, cost);
      context.progress((double) epoch / epochs);
      worse = cost > best - values.number("tol") ? worse + 1 : 0;
      best = Math.min(best, cost);
      if (worse >= values.small("n_iter_no_change")) {
        if (!model.settings().adaptive() || model.inner().rate() <= SMALLEST_RATE) {
          return;
        }
        model.inner().rate(model.inner().rate() / 5);
        worse = 0;
      }
    }
    context.log("the cost still fell after " + epochs + " epochs; raise max_iter");
  }

  private static double epoch(
      SgdModel model, TrainingData train, int[] order, TrainingContext context) {
    double[] row = new double[train.width()];
    double cost = 0;
    for (int i = 0; i < order.length; i++) {
      if (i % CHECKED == 0) {
        context.cancellation().check();
      }
      train.copyRows(order[i], 1, row);
      cost += model
          .inner()
          .learn(model.settings(), row, 0, train.label(order[i]), train.weight(order[i]));
    }
    if (!model.inner().finite()) {
      throw SgdModel.diverged();
    }
    return cost / order.length;
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[other];
      order[other] = swap;
    }
  }
}
