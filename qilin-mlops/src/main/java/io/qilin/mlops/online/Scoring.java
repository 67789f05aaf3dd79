package io.qilin.mlops.online;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.training.IncrementalModel;
import java.util.List;

/** Scores from a model of the host's, which may fail. */
final class Scoring {
  private Scoring() {}

  /** The features of samples, row after row. */
  static double[] rows(List<Sample> batch, int width) {
    double[] rows = new double[Math.multiplyExact(batch.size(), width)];
    for (int i = 0; i < batch.size(); i++) {
      Sample sample = batch.get(i);
      if (sample.width() != width) {
        throw new QilinException(
            ErrorCode.MODEL_MISMATCH,
            "the sample " + QilinException.quote(sample.id()) + " has " + sample.width()
                + " features, the model takes " + width);
      }
      sample.copyTo(rows, i * width);
    }
    return rows;
  }

  /** Scores of rows, all finite. */
  static double[] scored(IncrementalModel model, double[] rows, int count) {
    double[] scores = new double[count];
    predict(model, rows, count, scores);
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new QilinException(
            ErrorCode.MODEL_OUTPUT,
            "the model gave " + scores[i] + " for row " + (i + 1) + " of known values");
      }
    }
    return scores;
  }

  /** Scores rows as {@link io.qilin.api.model.Predictor#predict}. */
  static void predict(IncrementalModel model, double[] rows, int count, double[] scores) {
    try {
      model.predict(rows, count, scores);
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new QilinException(ErrorCode.MODEL_OUTPUT, "the model failed to score rows", e);
    }
  }
}
