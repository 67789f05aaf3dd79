package io.qilin.mlops.training;

/** Evaluates a linear model: four sums side by side, which is faster than one and as repeatable. */
final class LinearPredictor extends RowPredictor {
  private final double[] weights;
  private final double intercept;
  private final boolean logistic;

  LinearPredictor(LinearModel model, double[] weights) {
    super(model.signature());
    this.weights = weights;
    this.intercept = model.intercept();
    this.logistic = model.link() == LinearModel.Link.LOGISTIC;
  }

  @Override
  void score(double[] rows, int count, double[] scores) {
    for (int row = 0; row < count; row++) {
      double sum = intercept + dot(weights, rows, row * weights.length);
      scores[row] = logistic ? logistic(sum) : sum;
    }
  }

  static double logistic(double sum) {
    return 1 / (1 + StrictMath.exp(-sum));
  }

  static double dot(double[] weights, double[] rows, int offset) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < weights.length; i += 4) {
      a += weights[i] * rows[offset + i];
      b += weights[i + 1] * rows[offset + i + 1];
      c += weights[i + 2] * rows[offset + i + 2];
      d += weights[i + 3] * rows[offset + i + 3];
    }
    for (; i < weights.length; i++) {
      a += weights[i] * rows[offset + i];
    }
    return (a + b) + (c + d);
  }
}
