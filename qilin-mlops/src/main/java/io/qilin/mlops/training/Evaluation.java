package io.qilin.mlops.training;

import io.qilin.api.model.Predictor;
import io.qilin.mlops.dataset.TrainingData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures of a model on rows with labels, weighted as the rows are. */
final class Evaluation {
  private static final int CHUNK = 1024;
  private static final double NEAREST = 1e-15;

  private Evaluation() {}

  /** {@code train.l2} and, if there are such rows, {@code valid.l2}; for classes {@code binary_logloss}. */
  static Map<String, Double> of(
      Predictor model,
      boolean classes,
      TrainingData train,
      @Nullable TrainingData valid,
      TrainingContext context) {
    String name = classes ? "binary_logloss" : "l2";
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("train." + name, mean(model, classes, train, context));
    if (valid != null) {
      figures.put("valid." + name, mean(model, classes, valid, context));
    }
    return figures;
  }

  private static double mean(
      Predictor model, boolean classes, TrainingData data, TrainingContext context) {
    int width = data.width();
    double[] rows = new double[CHUNK * width];
    double[] scores = new double[CHUNK];
    double sum = 0;
    double weights = 0;
    for (int from = 0; from < data.count(); from += CHUNK) {
      context.cancellation().check();
      int count = Math.min(CHUNK, data.count() - from);
      data.copyRows(from, count, rows);
      model.predict(rows, count, scores);
      for (int i = 0; i < count; i++) {
        double weight = data.weight(from + i);
        double label = data.label(from + i);
        sum += weight * (classes ? logLoss(scores[i], label) : square(scores[i] - label));
        weights += weight;
      }
    }
    return sum / weights;
  }

  private static double square(double error) {
    return error * error;
  }

  private static double logLoss(double score, double label) {
    double chance = label > 0 ? score : 1 - score;
    return -StrictMath.log(Math.max(NEAREST, chance));
  }
}
