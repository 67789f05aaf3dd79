package io.qilin.mlops.tuning;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The estimator of a choice: how often each option was seen, smoothed by the prior. */
final class ChoiceDensity {
  private final double[] chance;

  /**
   * Of options that were seen.
   *
   * @param seen the place of each among the options
   * @param weights how much each counts
   */
  ChoiceDensity(int options, List<Integer> seen, double[] weights, double priorWeight) {
    chance = new double[options];
    double smooth = priorWeight / (seen.size() + 1);
    double whole = 1 + options * smooth;
    double sum = priorWeight;
    for (double weight : weights) {
      sum += weight;
    }
    Arrays.fill(chance, priorWeight / (sum * options));
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < options; i++) {
        chance[i] += weights[k] / sum * ((i == seen.get(k) ? 1 : 0) + smooth) / whole;
      }
    }
  }

  int draw(SplittableRandom random) {
    double left = Seeds.unit(random);
    int i = 0;
    while (i < chance.length - 1 && left >= chance[i]) {
      left -= chance[i++];
    }
    return i;
  }

  double log(int option) {
    return Math.log(chance[option]);
  }
}
