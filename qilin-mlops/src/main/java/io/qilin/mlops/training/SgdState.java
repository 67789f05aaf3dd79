package io.qilin.mlops.training;

/**
 * The weights on their way. The l1 penalty is that of Tsuruoka, Tsujii and Ananiadou (2009): what is to be cut is added up, and
 * each weight remembers what was cut of it. Confined to one thread.
 */
final class SgdState {
  private double[] weights;
  private double intercept;
  /** Counts from 1; the next row is this step. */
  private long steps;

  private double rate;
  private double toCut;
  private double[] cut;

  SgdState(
      double[] weights, double intercept, long steps, double rate, double toCut, double[] cut) {
    this.weights = weights;
    this.intercept = intercept;
    this.steps = steps;
    this.rate = rate;
    this.toCut = toCut;
    this.cut = cut;
  }

  static SgdState empty(int width, double rate) {
    return new SgdState(new double[width], 0, 1, rate, 0, new double[width]);
  }

  SgdState copy() {
    return new SgdState(weights.clone(), intercept, steps, rate, toCut, cut.clone());
  }

  /** Becomes another, whose arrays it takes over. */
  void set(SgdState other) {
    weights = other.weights;
    intercept = other.intercept;
    steps = other.steps;
    rate = other.rate;
    toCut = other.toCut;
    cut = other.cut;
  }

  double[] weights() {
    return weights.clone();
  }

  double intercept() {
    return intercept;
  }

  long steps() {
    return steps;
  }

  double rate() {
    return rate;
  }

  void rate(double next) {
    rate = next;
  }

  double toCut() {
    return toCut;
  }

  double[] cut() {
    return cut.clone();
  }

  boolean finite() {
    return Double.isFinite(intercept)
        && Double.isFinite(toCut)
        && RowPredictor.finite(weights, weights.length)
        && RowPredictor.finite(cut, cut.length);
  }

  /** Learns from one row; gives what its prediction cost before. */
  double learn(SgdSettings settings, double[] rows, int offset, double label, double weight) {
    double prediction = LinearPredictor.dot(weights, rows, offset) + intercept;
    double target = settings.target(label);
    double eta = settings.rate(steps, rate);
    double update = -eta * settings.slope(prediction, target) * weight;
    double shrunk = Math.max(0, 1 - settings.shrinking() * eta);
    for (int j = 0; j < weights.length; j++) {
      weights[j] = weights[j] * shrunk + update * rows[offset + j];
    }
    if (settings.intercept()) {
      intercept += update;
    }
    if (settings.cutting() > 0) {
      toCut += settings.cutting() * eta;
      cutAll();
    }
    steps++;
    return settings.loss(prediction, target) * weight;
  }

  private void cutAll() {
    for (int j = 0; j < weights.length; j++) {
      double was = weights[j];
      if (was > 0) {
        weights[j] = Math.max(0, was - (toCut + cut[j]));
      } else if (was < 0) {
        weights[j] = Math.min(0, was + (toCut - cut[j]));
      }
      cut[j] += weights[j] - was;
    }
  }
}
