package io.qilin.mlops.tuning;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The Parzen estimator of a numeric parameter: a mixture of Gaussians cut at the ends of the scale, one at each value that was
 * seen and one as wide as the scale in its middle. A Gaussian is as wide as the greater distance to its neighbours, from 1 /
 * min(100, n + 1) of the scale to all of it, for n Gaussians.
 */
final class NumberDensity {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double ROOT = Math.sqrt(2 * Math.PI);
  private static final double MOST = 100;

  private final Scale scale;
  private final double[] middle;
  private final double[] spread;
  private final double[] weight;
  /** How much of each Gaussian lies on the scale. */
  private final double[] kept;
  /** What stands before the exponential: the weight of each over its area. */
  private final double[] height;

  /**
   * Of values that were seen.
   *
   * @param places where they stand
   * @param weights how much each counts
   */
  NumberDensity(Scale scale, double[] places, double[] weights, double priorWeight) {
    this.scale = scale;
    int n = places.length + 1;
    middle = Arrays.copyOf(places, n);
    middle[n - 1] = 0.5;
    weight = Arrays.copyOf(weights, n);
    weight[n - 1] = priorWeight;
    double sum = 0;
    for (double part : weight) {
      sum += part;
    }
    spread = spreads(middle);
    spread[n - 1] = 1;
    kept = new double[n];
    height = new double[n];
    for (int i = 0; i < n; i++) {
      weight[i] /= sum;
      kept[i] = below((1 - middle[i]) / spread[i]) - below(-middle[i] / spread[i]);
      height[i] = weight[i] / (spread[i] * kept[i] * ROOT);
    }
  }

  /** Draws a number. */
  double draw(SplittableRandom random) {
    double left = Seeds.unit(random);
    int i = 0;
    while (i < weight.length - 1 && left >= weight[i]) {
      left -= weight[i++];
    }
    double from = below(-middle[i] / spread[i]);
    double chance = Math.min(1, from + Seeds.unit(random) * kept[i]);
    double place = middle[i] + spread[i] * NORMAL.inverseCumulativeProbability(chance);
    return scale.number(Math.min(1, Math.max(0, place)));
  }

  /** The logarithm of the density at a number; of the mass of its stretch if it is a whole one. */
  double log(double number) {
    return Math.log(scale.whole() ? mass(number) : density(scale.place(number)));
  }

  private double density(double place) {
    double sum = 0;
    for (int i = 0; i < middle.length; i++) {
      double z = (place - middle[i]) / spread[i];
      sum += height[i] * Math.exp(-0.5 * z * z);
    }
    return sum;
  }

  private double mass(double number) {
    double from = scale.place(number - 0.5);
    double to = scale.place(number + 0.5);
    double sum = 0;
    for (int i = 0; i < middle.length; i++) {
      double part = below((to - middle[i]) / spread[i]) - below((from - middle[i]) / spread[i]);
      sum += weight[i] * part / kept[i];
    }
    return sum;
  }

  private static double[] spreads(double[] middle) {
    int n = middle.length;
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> middle[i]));
    double least = 1 / Math.min(MOST, n + 1.0);
    double[] spread = new double[n];
    for (int k = 0; k < n; k++) {
      double before = k == 0 ? 0 : middle[order[k]] - middle[order[k - 1]];
      double after = k == n - 1 ? 0 : middle[order[k + 1]] - middle[order[k]];
      spread[order[k]] = Math.min(1, Math.max(least, Math.max(before, after)));
    }
    return spread;
  }

  private static double below(double z) {
    return NORMAL.cumulativeProbability(z);
  }
}
